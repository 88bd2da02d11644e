import {
  type ImageCall,
  imageSize,
  type Provider,
  type ProviderContext,
  ProviderError,
  type ProviderImage,
  type Submitted,
  shapePrompt,
} from "@bluehour/core";
import * as z from "zod";
import { decodeBase64 } from "./base64.ts";
import { unreadableFailure } from "./http-failure.ts";
import { fetchInput } from "./input-image.ts";
import { workersAiFailure } from "./workers-ai/workers-ai-error.ts";
import { describeWorkersAi, workersAiModel } from "./workers-ai/workers-ai-models.ts";

/** `env.AI.run` of a Worker: the model, and what it takes. */
export type RunWorkersAi = (model: string, input: Readonly<Record<string, unknown>>) => Promise<unknown>;

const imageSchema = z.object({ image: z.string().min(1) });

/**
 * Cloudflare's Workers AI (https://developers.cloudflare.com/workers-ai/) as an upstream: synchronous, without a key, by
 * the Worker's own binding. One image a call. Models are named with their `@cf/`.
 *
 * @example createWorkersAi({ run: (model, input) => env.AI.run(model, input) })
 */
export function createWorkersAi({ run }: { run: RunWorkersAi }): Provider {
  return {
    id: "workers-ai",
    describe: describeWorkersAi,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      const { inputs, isForm } = workersAiModel(call.model);
      if (call.inputs.length > inputs)
        throw new ProviderError("rejected", `${call.model} takes at most ${inputs} input images`);
      const input = isForm ? await formOf(call, context) : fieldsOf(call);
      if (context.signal.aborted)
        throw new ProviderError("unavailable", "The time limit was over before Workers AI was asked");
      const image = await within(context.signal, async () => toImage(await run(call.model, input)));
      // Accepted, and run: whatever it was, it may have been billed.
      if (image === null) throw unreadableFailure("Workers AI", "paid");
      return { status: "done", images: [image] };
    },
  };
}

function fieldsOf(call: ImageCall): Readonly<Record<string, string | number>> {
  const { takes, promptLimit } = workersAiModel(call.model);
  const { prompt, negative } = shapePrompt({ ...call, maxLength: promptLimit });
  return {
    prompt,
    ...(takes.includes("size") ? imageSize(call.aspectRatio, call.resolution) : {}),
    // Another seed for each call, or all calls of a job would paint the same.
    ...(takes.includes("seed") ? { seed: (call.seed + call.firstIndex) % 2 ** 31 } : {}),
    ...(takes.includes("negative_prompt") && negative ? { negative_prompt: negative } : {}),
  };
}

/** Models that take pictures take a form, in whose shape a `Response` brings it. */
async function formOf(call: ImageCall, context: ProviderContext) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fieldsOf(call))) form.append(name, `${value}`);
  for (const [index, input] of call.inputs.entries()) {
    form.append(`input_image_${index}`, await fetchInput(input, context), `input-${index}`);
  }
  const { body, headers } = new Response(form);
  return { multipart: { body, contentType: headers.get("content-type") } };
}

/** The binding cannot be told to stop, so what is given up is the wait. */
async function within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([work(), promise]);
  } catch (cause) {
    throw workersAiFailure(cause, signal);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Newer models answer with base64, older ones with the file. Its bytes are kept: a stream could be stored only once. */
async function toImage(answer: unknown): Promise<ProviderImage | null> {
  if (answer instanceof ReadableStream || answer instanceof ArrayBuffer || answer instanceof Uint8Array) {
    // The types of a body leave out views of shared memory, which no binding hands over.
    const bytes = new Uint8Array(await new Response(answer as BodyInit).arrayBuffer());
    return bytes.length === 0 ? null : { bytes, contentType: "image/png" };
  }
  const parsed = imageSchema.safeParse(answer);
  const bytes = parsed.success ? decodeBase64(parsed.data.image) : null;
  return bytes && { bytes, contentType: "image/png" };
}
