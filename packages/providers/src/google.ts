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
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { googleErrorSchema } from "./google/google-error.ts";
import { callJson, checkKey, type HttpUpstream } from "./http-call.ts";
import { clipMessage, unreadableFailure } from "./http-failure.ts";
import { fetchInput } from "./input-image.ts";

const partSchema = z.object({
  inlineData: z.object({ mimeType: z.string(), data: z.string() }).nullish(),
  /** A draft that the model made while it thought. */
  thought: z.boolean().nullish(),
  text: z.string().nullish(),
});
const answerSchema = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(partSchema).nullish() }).nullish(),
        finishReason: z.string().nullish(),
        finishMessage: z.string().nullish(),
      }),
    )
    .nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish() }).nullish(),
});

/** Reasons that say "not this content", of https://ai.google.dev/api/generate-content#FinishReason. */
const REFUSED =
  /^(?:SAFETY|RECITATION|BLOCKLIST|PROHIBITED_CONTENT|SPII|IMAGE_SAFETY|IMAGE_PROHIBITED_CONTENT|IMAGE_RECITATION)$/;

interface GoogleModel {
  /** Whether it paints larger than 1k, and is told a size. */
  readonly isLarge: boolean;
  readonly typicalMs: number;
}

/** `typicalMs` are guesses, which the pace replaces. @see https://ai.google.dev/gemini-api/docs/image-generation */
const MODELS: ReadonlyMap<string, GoogleModel> = new Map([
  ["gemini-2.5-flash-image", { isLarge: false, typicalMs: 10_000 }],
  ["gemini-3.1-flash-lite-image", { isLarge: false, typicalMs: 5_000 }],
  ["gemini-3.1-flash-image", { isLarge: true, typicalMs: 20_000 }],
  ["gemini-3-pro-image", { isLarge: true, typicalMs: 30_000 }],
]);
/** A model that came after this table is most likely asked as its larger ones are. */
const UNKNOWN_MODEL: GoogleModel = { isLarge: true, typicalMs: 20_000 };

/**
 * Google's Gemini models (https://ai.google.dev/gemini-api/docs/image-generation) as an upstream: synchronous, one
 * image a call. A refusal may come as a success without an image.
 *
 * @param settings - `baseUrl` replaces https://generativelanguage.googleapis.com
 * @example createGoogle({ apiKey: env.GOOGLE_API_KEY })
 */
export function createGoogle(settings: { apiKey: string; baseUrl?: string }): Provider {
  const apiKey = settings.apiKey.trim();
  const upstream: HttpUpstream = {
    name: "Google",
    baseUrl: settings.baseUrl ?? "https://generativelanguage.googleapis.com",
    headers: { "x-goog-api-key": apiKey },
    secrets: [apiKey],
    errorSchema: googleErrorSchema,
  };

  return {
    id: "google",
    describe,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      const answer = await callJson(
        upstream,
        {
          method: "POST",
          path: `/v1beta/models/${encodeURIComponent(call.model)}:generateContent`,
          body: await inputOf(call, context),
          stakes: "paid",
        },
        answerSchema,
        context,
      );
      const parts = (answer.candidates ?? []).flatMap(({ content }) => content?.parts ?? []);
      // Drawn in several steps, the last is the picture. It alone is decoded: of 4k each takes tens of megabytes.
      const picture = parts.findLast(({ inlineData, thought }) => inlineData && !thought)?.inlineData;
      if (!picture) throw refusal(answer, upstream.secrets);
      const bytes = decodeBase64(picture.data);
      if (bytes === null) throw unreadableFailure("Google", "paid");
      return { status: "done", images: [{ bytes, contentType: picture.mimeType }] };
    },

    /** https://ai.google.dev/api/models#method:-models.list */
    check: (context) => checkKey(upstream, "/v1beta/models?pageSize=1", context),
  };
}

function describe(model: string): ProviderModel {
  const { isLarge, typicalMs } = googleModel(model);
  return {
    maxImagesPerCall: 1,
    typicalMs,
    aspectRatios: ASPECT_RATIOS,
    resolutions: isLarge ? ["auto", "1k", "2k", "4k"] : ["auto", "1k"],
    capabilities: { edit: true, callback: false, cancel: false, idempotent: false },
  };
}

function googleModel(model: string): GoogleModel {
  return MODELS.get(model.replace(/-preview$/, "")) ?? UNKNOWN_MODEL;
}

async function inputOf(call: ImageCall, context: ProviderContext) {
  const pictures = [];
  for (const input of call.inputs) {
    const image = await fetchInput(input, context);
    const data = encodeBase64(new Uint8Array(await image.arrayBuffer()));
    pictures.push({ inlineData: { mimeType: image.type.replace(/;.*/, ""), data } });
  }
  const { prompt } = shapePrompt(call);
  const { isLarge } = googleModel(call.model);
  const size = isLarge && call.resolution !== "auto" ? call.resolution.toUpperCase() : undefined;
  return {
    contents: [{ role: "user", parts: [{ text: prompt }, ...pictures] }],
    generationConfig: {
      responseModalities: ["IMAGE"],
      // Another seed for each call, or all calls of a job would paint the same.
      seed: (call.seed + call.firstIndex) % 2 ** 31,
      imageConfig: { aspectRatio: call.aspectRatio, ...(size === undefined ? {} : { imageSize: size }) },
    },
  };
}

/** Why a success holds no image. */
function refusal(
  { candidates, promptFeedback }: z.infer<typeof answerSchema>,
  secrets: readonly string[],
): ProviderError {
  const candidate = candidates?.[0];
  const reason = promptFeedback?.blockReason ?? candidate?.finishReason ?? "no reason given";
  const said = candidate?.finishMessage ? `${reason}: ${candidate.finishMessage}` : reason;
  const message = `Google painted nothing: ${clipMessage(said, secrets)}`;
  // A block of the prompt is always about its content.
  const isRefused = promptFeedback?.blockReason != null || REFUSED.test(reason);
  return isRefused
    ? new ProviderError("rejected", message, { rejection: "content_rejected" })
    : new ProviderError("unavailable", message);
}
