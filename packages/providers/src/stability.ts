import {
  ASPECT_RATIOS,
  type ImageCall,
  type Provider,
  type ProviderContext,
  ProviderError,
  type ProviderModel,
  type Submitted,
  shapePrompt,
} from "@bluehour/core";
import * as z from "zod";
import { decodeBase64 } from "./base64.ts";
import { callJson, checkKey, type HttpUpstream } from "./http-call.ts";
import { unreadableFailure } from "./http-failure.ts";
import { fetchInput } from "./input-image.ts";

const answerSchema = z.object({ image: z.string().nullish(), finish_reason: z.string().nullish() });

const errorSchema = z
  .object({ name: z.string().nullish(), errors: z.array(z.string()) })
  .transform(({ name, errors }) => ({
    message: errors.join("; "),
    // A 403, as is a key that may not do this.
    ...(name === "content_moderation"
      ? { kind: "rejected" as const, rejection: "content_rejected" as const }
      : {}),
  }));

/** Most characters of a prompt, by the API's reference. */
const PROMPT_LIMIT = 10_000;

/** How far an edit may go from its picture: 0 not at all, 1 all the way. */
const EDIT_STRENGTH = 0.65;

/** Guesses by class of model, which the pace soon replaces by what it sees. */
const TYPICAL_MS: ReadonlyMap<string, number> = new Map([
  ["core", 5_000],
  ["ultra", 10_000],
  ["sd3.5-large", 8_000],
  ["sd3.5-large-turbo", 4_000],
  ["sd3.5-medium", 6_000],
]);

/**
 * Stability AI (https://platform.stability.ai/docs/api-reference) as an upstream: synchronous, one image a call of
 * about a megapixel. Models: `core`, `ultra` and those of Stable Diffusion 3.5.
 *
 * @param settings - `baseUrl` replaces https://api.stability.ai
 * @example createStability({ apiKey: env.STABILITY_API_KEY })
 */
export function createStability(settings: { apiKey: string; baseUrl?: string }): Provider {
  const apiKey = settings.apiKey.trim();
  const upstream: HttpUpstream = {
    name: "Stability AI",
    baseUrl: settings.baseUrl ?? "https://api.stability.ai",
    headers: { authorization: `Bearer ${apiKey}` },
    secrets: [apiKey],
    errorSchema,
  };

  return {
    id: "stability",
    describe,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      if (call.inputs.length > 1) throw new ProviderError("rejected", "Stability AI takes one input image");
      const service = call.model.startsWith("sd3") ? "sd3" : call.model;
      const { image, finish_reason } = await callJson(
        upstream,
        {
          method: "POST",
          path: `/v2beta/stable-image/generate/${encodeURIComponent(service)}`,
          body: await formOf(call, context),
          stakes: "paid",
        },
        answerSchema,
        context,
      );
      // What is filtered comes blurred, with status 200.
      if (finish_reason === "CONTENT_FILTERED")
        throw new ProviderError("rejected", "Stability AI filtered the image", {
          rejection: "content_rejected",
        });
      const bytes = image ? decodeBase64(image) : null;
      if (bytes === null) throw unreadableFailure("Stability AI", "paid");
      return { status: "done", images: [{ bytes, contentType: "image/png" }] };
    },

    /** https://platform.stability.ai/docs/api-reference#tag/User */
    check: (context) => checkKey(upstream, "/v1/user/account", context),
  };
}

function describe(model: string): ProviderModel {
  return {
    maxImagesPerCall: 1,
    typicalMs: TYPICAL_MS.get(model) ?? 10_000,
    aspectRatios: ASPECT_RATIOS,
    resolutions: ["auto", "1k"],
    capabilities: { edit: model !== "core", callback: false, cancel: false, idempotent: false },
  };
}

async function formOf(call: ImageCall, context: ProviderContext): Promise<FormData> {
  const { prompt, negative } = shapePrompt({ ...call, maxLength: PROMPT_LIMIT });
  const [input] = call.inputs;
  const fields = {
    prompt,
    ...(negative ? { negative_prompt: negative } : {}),
    ...(call.model.startsWith("sd3") ? { model: call.model } : {}),
    // Another seed for each call, or all calls of a job would paint the same.
    seed: (call.seed + call.firstIndex) % 2 ** 31,
    output_format: "png",
    // An edit keeps the shape of its picture.
    ...(input
      ? { strength: EDIT_STRENGTH, ...(call.model.startsWith("sd3") ? { mode: "image-to-image" } : {}) }
      : { aspect_ratio: call.aspectRatio }),
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, `${value}`);
  if (input) form.append("image", await fetchInput(input, context), "input");
  return form;
}
