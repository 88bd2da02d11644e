import {
  type CancelOutcome,
  type ImageCall,
  imageSize,
  type Operation,
  type Polled,
  type Provider,
  type ProviderContext,
  ProviderError,
  type Submitted,
  shapePrompt,
} from "@bluehour/core";
import * as z from "zod";
import { askAbout, failed, forgotten } from "./ask-about.ts";
import { falErrorSchema } from "./fal/fal-error.ts";
import { describeFal, falModel } from "./fal/fal-models.ts";
import { callJson, checkKey, type HttpUpstream, readFailure, readJson, send } from "./http-call.ts";
import { inputAddresses } from "./input-image.ts";

/** "Do not build these URLs yourself": https://fal.ai/docs/api-reference/inference-api. */
const operationSchema = z.object({ status_url: z.url(), response_url: z.url(), cancel_url: z.url() });

const statusSchema = z.object({ status: z.string() });
const resultSchema = z.object({
  images: z.array(z.object({ url: z.url() })).nullish(),
  /** One for each image; what is flagged has been blackened. */
  has_nsfw_concepts: z.array(z.boolean()).nullish(),
});

/** Of a result: statuses that tell of the question and not of the generation. */
const OF_THE_CALL: readonly number[] = [401, 402, 403, 408, 429, 502, 503, 504];

/**
 * fal (https://fal.ai/docs/documentation/model-apis/inference/queue) as an upstream: a queue, asynchronous, calls back,
 * can be stopped. Models are named by their whole id, e.g. `fal-ai/flux/schnell`.
 *
 * @param settings - `baseUrl` replaces https://queue.fal.run
 * @example createFal({ apiKey: env.FAL_API_KEY })
 */
export function createFal(settings: { apiKey: string; baseUrl?: string }): Provider {
  const apiKey = settings.apiKey.trim();
  const upstream: HttpUpstream = {
    name: "fal",
    baseUrl: settings.baseUrl ?? "https://queue.fal.run",
    domain: "fal.run",
    headers: { authorization: `Key ${apiKey}` },
    secrets: [apiKey],
    errorSchema: falErrorSchema,
  };
  // The queue has no call that costs nothing; whoever stands in for it stands in for this too.
  const platform: HttpUpstream = { ...upstream, baseUrl: settings.baseUrl ?? "https://api.fal.ai" };

  return {
    id: "fal",
    describe: describeFal,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      const { edit } = falModel(call.model);
      if (edit?.input === "image_url" && call.inputs.length > 1)
        throw new ProviderError("rejected", `${call.model} takes one input image`);
      const endpoint = edit && call.inputs.length > 0 ? editEndpoint(call.model, edit.path) : call.model;
      const query = context.callbackUrl
        ? `?${new URLSearchParams({ fal_webhook: context.callbackUrl })}`
        : "";
      const operation = await callJson(
        upstream,
        {
          method: "POST",
          path: `/${endpoint}${query}`,
          body: inputOf(call, await inputAddresses(call.inputs, context)),
          stakes: "paid",
        },
        operationSchema,
        context,
      );
      return { status: "running", operation };
    },

    async poll(operation: Operation, context: ProviderContext): Promise<Polled> {
      const { status_url, response_url } = urlsOf(operation);
      const request = await askAbout(upstream, status_url, statusSchema, context);
      if (!request) return forgotten(upstream);
      // IN_QUEUE, IN_PROGRESS, and whatever comes to be added.
      if (request.status !== "COMPLETED") return { status: "running" };
      const result = await send(upstream, { method: "GET", path: response_url, stakes: "free" }, context);
      const isOfCall = OF_THE_CALL.includes(result.status) && !result.headers.has("x-fal-error-type");
      if (!result.ok && !isOfCall) return failed(await readFailure(upstream, result, "free", context));
      return outcome(await readJson(upstream, result, "free", resultSchema, context));
    },

    async cancel(operation: Operation, context: ProviderContext): Promise<CancelOutcome> {
      const path = urlsOf(operation).cancel_url;
      const response = await send(upstream, { method: "PUT", path, stakes: "free" }, context);
      // 202 CANCELLATION_REQUESTED, 400 ALREADY_COMPLETED, 404 NOT_FOUND.
      if (!response.ok && response.status !== 400 && response.status !== 404)
        throw await readFailure(upstream, response, "free", context);
      await response.body?.cancel();
      if (response.status === 404) return "unknown";
      return response.ok ? "canceled" : "too_late";
    },

    /** https://fal.ai/docs/platform-apis/v1/models/pricing */
    check: (context) => checkKey(platform, "/v1/models/pricing?endpoint_id=fal-ai/flux/schnell", context),
  };
}

/** `…/v4/text-to-image` has its editor beside it, others below. */
function editEndpoint(model: string, path: string): string {
  return `${model.replace(/\/text-to-image$/, "")}${path}`;
}

function inputOf(call: ImageCall, images: readonly string[]) {
  const { count, shape, edit, hasResolution, takesSeed } = falModel(call.model);
  const { width, height } = imageSize(call.aspectRatio, call.resolution);
  return {
    prompt: shapePrompt(call).prompt,
    ...(shape === "image_size" ? { image_size: { width, height } } : { aspect_ratio: call.aspectRatio }),
    ...(hasResolution && call.resolution !== "auto" ? { resolution: call.resolution.toUpperCase() } : {}),
    ...(count > 1 ? { num_images: call.count } : {}),
    // Another seed for each call, or all calls of a job would paint the same.
    ...(takesSeed ? { seed: (call.seed + call.firstIndex) % 2 ** 31 } : {}),
    ...(edit && images.length > 0
      ? edit.input === "image_urls"
        ? { image_urls: images }
        : { image_url: images[0] }
      : {}),
    output_format: "png",
  };
}

function urlsOf(operation: Operation): z.infer<typeof operationSchema> {
  const parsed = operationSchema.safeParse(operation);
  if (!parsed.success) throw new ProviderError("unavailable", "This is no operation of fal");
  return parsed.data;
}

function outcome({ images, has_nsfw_concepts }: z.infer<typeof resultSchema>): Polled {
  const all = images ?? [];
  const kept = all.filter((_, index) => !has_nsfw_concepts?.[index]);
  if (kept.length > 0) return { status: "done", images: kept.map(({ url }) => ({ url })) };
  const message = all.length > 0 ? "fal flagged every image" : "fal completed without an image";
  const error =
    all.length > 0
      ? new ProviderError("rejected", message, { rejection: "content_rejected" })
      : new ProviderError("unavailable", message);
  return failed(error);
}
