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
import { callJson, checkKey, type HttpUpstream, readJson, send } from "./http-call.ts";
import { clipMessage } from "./http-failure.ts";
import { inputAddresses } from "./input-image.ts";
import { describeReplicate, replicateModel } from "./replicate/replicate-models.ts";

const operationSchema = z.object({ id: z.string().min(1) });

const predictionSchema = z.object({
  status: z.string(),
  /** One address or several, as the model has it; null once Replicate has removed the files. */
  output: z.unknown().optional(),
  error: z.string().nullish(),
  logs: z.string().nullish(),
});
const outputSchema = z.union([z.url().transform((url) => [url]), z.array(z.url())]);

/** What Replicate says, with a 422, of a version that it does not have, or that the key may not run. */
const NO_SUCH_VERSION = "Invalid version or not permitted";
const errorSchema = z
  .object({ detail: z.string(), title: z.string().nullish() })
  .transform(({ detail, title }) => ({
    message: detail,
    ...(title === NO_SUCH_VERSION ? { kind: "unauthorized" as const } : {}),
  }));

/** The words of models that refuse; Replicate has one text for an error and no code. E005 is its "flagged as sensitive". */
const MODERATED =
  /nsfw|flagged as|\(E005\)|safety (?:checker|filter|system)|content (?:policy|moderation)|prohibited/i;
/** What models say to inputs they cannot take; E006 is Replicate's "invalid input". */
const INVALID = /\(E006\)|invalid input|validation error/i;

/**
 * Replicate (https://replicate.com/docs/reference/http) as an upstream: asynchronous, calls back, can be stopped.
 * Models are named `owner/name`, or `owner/name:version`.
 *
 * @param settings - `baseUrl` replaces https://api.replicate.com
 * @example createReplicate({ apiKey: env.REPLICATE_API_KEY })
 */
export function createReplicate(settings: { apiKey: string; baseUrl?: string }): Provider {
  const apiKey = settings.apiKey.trim();
  const upstream: HttpUpstream = {
    name: "Replicate",
    baseUrl: settings.baseUrl ?? "https://api.replicate.com",
    headers: { authorization: `Bearer ${apiKey}` },
    secrets: [apiKey],
    errorSchema,
  };

  return {
    id: "replicate",
    describe: describeReplicate,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      const { edit } = replicateModel(call.model);
      if (edit && !edit.isList && call.inputs.length > 1)
        throw new ProviderError("rejected", `${call.model} takes one input image`);
      const [name = "", version] = call.model.split(":");
      const body = {
        ...(version === undefined ? {} : { version }),
        input: inputOf(call, await inputAddresses(call.inputs, context)),
        ...(context.callbackUrl === undefined
          ? {}
          : { webhook: context.callbackUrl, webhook_events_filter: ["completed"] }),
      };
      const path = version === undefined ? `/v1/models/${name}/predictions` : "/v1/predictions";
      const operation = await callJson(
        upstream,
        { method: "POST", path, body, stakes: "paid" },
        operationSchema,
        context,
      );
      return { status: "running", operation };
    },

    async poll(operation: Operation, context: ProviderContext): Promise<Polled> {
      const prediction = await askAbout(upstream, pathOf(operation), predictionSchema, context);
      return prediction ? outcome(prediction, upstream.secrets) : forgotten(upstream);
    },

    async cancel(operation: Operation, context: ProviderContext): Promise<CancelOutcome> {
      const response = await send(
        upstream,
        { method: "POST", path: `${pathOf(operation)}/cancel`, stakes: "free" },
        context,
      );
      if (response.status === 404) {
        await response.body?.cancel();
        return "unknown";
      }
      const { status } = await readJson(upstream, response, "free", predictionSchema, context);
      if (status === "canceled" || status === "aborted") return "canceled";
      return status === "succeeded" || status === "failed" ? "too_late" : "unknown";
    },

    /** https://replicate.com/docs/reference/http#account.get */
    check: (context) => checkKey(upstream, "/v1/account", context),
  };
}

function inputOf(call: ImageCall, images: readonly string[]) {
  const { count, shape, edit, resolution, takes, format } = replicateModel(call.model);
  const { prompt, negative } = shapePrompt(call);
  const size = resolution?.values[call.resolution];
  return {
    prompt,
    ...(shape === "pixels"
      ? imageSize(call.aspectRatio, call.resolution)
      : { aspect_ratio: call.aspectRatio }),
    ...(count > 1 ? { num_outputs: call.count } : {}),
    ...(resolution && size ? { [resolution.key]: size } : {}),
    ...(format ? { output_format: format } : {}),
    // Another seed for each call, or all calls of a job would paint the same.
    ...(takes.includes("seed") ? { seed: (call.seed + call.firstIndex) % 2 ** 31 } : {}),
    ...(takes.includes("negative_prompt") && negative ? { negative_prompt: negative } : {}),
    ...(edit && images.length > 0 ? { [edit.input]: edit.isList ? images : images[0] } : {}),
  };
}

function pathOf(operation: Operation): string {
  const parsed = operationSchema.safeParse(operation);
  if (!parsed.success) throw new ProviderError("unavailable", "This is no operation of Replicate");
  return `/v1/predictions/${encodeURIComponent(parsed.data.id)}`;
}

function outcome(prediction: z.infer<typeof predictionSchema>, secrets: readonly string[]): Polled {
  switch (prediction.status) {
    case "succeeded": {
      const urls = outputSchema.safeParse(prediction.output).data ?? [];
      if (urls.length > 0) return { status: "done", images: urls.map((url) => ({ url })) };
      return failed(new ProviderError("unavailable", "Replicate succeeded without an image"));
    }
    case "failed": {
      const said = clipMessage(prediction.error ?? "no reason given", secrets);
      return failed(failureOf(said));
    }
    case "canceled":
    case "aborted":
      return failed(new ProviderError("unavailable", "Canceled upstream at Replicate"));
    default: {
      // starting, processing, and whatever comes to be added. The last bar of the logs tells how far it is.
      const percent = prediction.logs?.match(/\d+(?=%\|)/g)?.at(-1);
      return { status: "running", ...(percent === undefined ? {} : { progress: Number(percent) / 100 }) };
    }
  }
}

function failureOf(said: string): ProviderError {
  const message = `Replicate failed: ${said}`;
  if (MODERATED.test(said)) return new ProviderError("rejected", message, { rejection: "content_rejected" });
  return new ProviderError(INVALID.test(said) ? "rejected" : "unavailable", message);
}
