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
import { askAbout, failed, forgotten } from "./ask-about.ts";
import {
  blackForestLabsModel,
  describeBlackForestLabs,
} from "./black-forest-labs/black-forest-labs-models.ts";
import { callJson, checkKey, type HttpUpstream } from "./http-call.ts";
import { inputAddresses } from "./input-image.ts";

const taskSchema = z.object({ polling_url: z.url() });
/** `submittedAt` in milliseconds since the Unix epoch; operations of before it was kept have long had their time. */
const operationSchema = taskSchema.extend({ submittedAt: z.number().default(0) });

/**
 * How long a task may be unknown after its submit, in milliseconds: where it is polled it may not have arrived yet.
 * No such delay is documented, and images take seconds; ComfyUI's own client of the API waits for none.
 */
const ARRIVAL_MS = 30_000;

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
      const submittedAt = context.now();
      const task = await callJson(
        upstream,
        { method: "POST", path: `/v1/${call.model}`, body, stakes: "paid" },
        taskSchema,
        context,
      );
      return { status: "running", operation: { ...task, submittedAt } };
    },

    async poll(operation: Operation, context: ProviderContext): Promise<Polled> {
      const parsed = operationSchema.safeParse(operation);
      if (!parsed.success)
        throw new ProviderError("unavailable", "This is no operation of Black Forest Labs");
      const { polling_url, submittedAt } = parsed.data;
      const task = await askAbout(upstream, polling_url, resultSchema, context);
      if (task && task.status !== "Task not found") return outcome(task);
      return context.now() - submittedAt < ARRIVAL_MS ? { status: "running" } : forgotten(upstream);
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
      // Pending, Queued, Processing, and whatever comes to be added.
      return { status: "running", ...(progress == null ? {} : { progress }) };
  }
}
