import {
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
import {
  blackForestLabsModel,
  describeBlackForestLabs,
} from "./black-forest-labs/black-forest-labs-models.ts";
import { callJson, checkKey, type HttpUpstream, readJson, send } from "./http-call.ts";
import { inputAddresses } from "./input-image.ts";

const operationSchema = z.object({ polling_url: z.url() });

const resultSchema = z.object({
  status: z.string(),
  result: z.object({ sample: z.url().nullish() }).nullish(),
  progress: z.number().min(0).max(1).nullish(),
});

const problemSchema = z.object({ msg: z.string() });
const errorSchema = z
  .object({ detail: z.union([z.string(), z.array(problemSchema)]) })
  .transform(({ detail }) => ({
    message: typeof detail === "string" ? detail : detail.map(({ msg }) => msg).join("; "),
  }));

/**
 * Black Forest Labs (https://docs.bfl.ai) as an upstream: FLUX from its makers, asynchronous, one image a call. It
 * documents neither a way to stop an image nor idempotency keys.
 *
 * @param settings - `baseUrl` replaces https://api.bfl.ai, e.g. by https://api.eu.bfl.ai
 * @example createBlackForestLabs({ apiKey: env.BFL_API_KEY })
 */
export function createBlackForestLabs(settings: { apiKey: string; baseUrl?: string }): Provider {
  const apiKey = settings.apiKey.trim();
  const upstream: HttpUpstream = {
    name: "Black Forest Labs",
    baseUrl: settings.baseUrl ?? "https://api.bfl.ai",
    // The global endpoint has its images polled at those of the regions.
    domain: "bfl.ai",
    headers: { "x-key": apiKey },
    secrets: [apiKey],
    errorSchema,
  };

  return {
    id: "black-forest-labs",
    describe: describeBlackForestLabs,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      const { inputs } = blackForestLabsModel(call.model);
      if (call.inputs.length > inputs)
        throw new ProviderError("rejected", `${call.model} takes at most ${inputs} input images`);
      const body = inputOf(call, await inputAddresses(call.inputs, context));
      const operation = await callJson(
        upstream,
        { method: "POST", path: `/v1/${call.model}`, body, stakes: "paid" },
        operationSchema,
        context,
      );
      return { status: "running", operation };
    },

    async poll(operation: Operation, context: ProviderContext): Promise<Polled> {
      const parsed = operationSchema.safeParse(operation);
      if (!parsed.success)
        throw new ProviderError("unavailable", "This is no operation of Black Forest Labs");
      const path = parsed.data.polling_url;
      const response = await send(upstream, { method: "GET", path, stakes: "free" }, context);
      if (response.status === 404) {
        await response.body?.cancel();
        return failed(new ProviderError("unavailable", "Black Forest Labs no longer knows the task"));
      }
      return outcome(await readJson(upstream, response, "free", resultSchema, context));
    },

    /** https://docs.bfl.ai/api-reference: the credits that are left */
    check: (context) => checkKey(upstream, "/v1/credits", context),
  };
}

function inputOf(call: ImageCall, images: readonly string[]) {
  const { shape } = blackForestLabsModel(call.model);
  const { width, height } = imageSize(call.aspectRatio, call.resolution);
  return {
    prompt: shapePrompt(call).prompt,
    ...(shape === "pixels"
      ? { width: toMultipleOf16(width), height: toMultipleOf16(height) }
      : { aspect_ratio: call.aspectRatio }),
    // Another seed for each call, or all calls of a job would paint the same.
    seed: (call.seed + call.firstIndex) % 2 ** 31,
    output_format: "png",
    ...Object.fromEntries(
      images.map((image, index) => [index === 0 ? "input_image" : `input_image_${index + 1}`, image]),
    ),
  };
}

/** @see https://docs.bfl.ai/flux_2/flux2_text_to_image: other sizes are refused */
function toMultipleOf16(pixels: number): number {
  return Math.round(pixels / 16) * 16;
}

function outcome({ status, result, progress }: z.infer<typeof resultSchema>): Polled {
  switch (status) {
    case "Ready":
      if (result?.sample) return { status: "done", images: [{ url: result.sample }] };
      return failed(new ProviderError("unavailable", "Black Forest Labs was ready without an image"));
    case "Request Moderated":
    case "Content Moderated":
      return failed(
        new ProviderError("rejected", `Black Forest Labs says: ${status}`, {
          rejection: "content_rejected",
        }),
      );
    case "Error":
    case "Failed":
      return failed(new ProviderError("unavailable", `Black Forest Labs says: ${status}`));
    default:
      // Pending, Queued, Processing; "Task not found", which another region may say of one that runs; what is to come.
      return { status: "running", ...(progress == null ? {} : { progress }) };
  }
}

function failed(error: ProviderError): Polled {
  return { status: "failed", error };
}
