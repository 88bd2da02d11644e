import {
  type FailureKind,
  type ImageCall,
  type Provider,
  type ProviderContext,
  ProviderError,
  type ProviderImage,
  type RejectionCode,
  type Submitted,
  shapePrompt,
} from "@bluehour/core";
import * as z from "zod";
import { decodeBase64 } from "./base64.ts";
import { callJson, type HttpUpstream, readJson, send } from "./http-call.ts";
import { fetchInput } from "./input-image.ts";
import { describeOpenai, openaiModel, openaiSize } from "./openai/openai-models.ts";

const imageSchema = z.object({ b64_json: z.string().nullish(), url: z.url().nullish() });
const imagesSchema = z.object({ data: z.array(imageSchema).nullish() });

interface Meaning {
  readonly kind: FailureKind;
  readonly rejection?: RejectionCode;
}
const CONTENT: Meaning = { kind: "rejected", rejection: "content_rejected" };

/** Codes of errors that mean something else than their status says. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries<Meaning>({
    moderation_blocked: CONTENT,
    content_policy_violation: CONTENT,
    // 429 and 400, but no wait helps.
    insufficient_quota: { kind: "unauthorized" },
    billing_hard_limit_reached: { kind: "unauthorized" },
    // 404, and 400 of some servers.
    model_not_found: { kind: "unauthorized" },
  }),
);

const errorSchema = z
  .object({ error: z.object({ message: z.string(), code: z.union([z.string(), z.number()]).nullish() }) })
  .transform(({ error: { message, code } }) => ({ message, ...MEANINGS.get(`${code}`) }));

/** Longest prompt in characters: 32,000 with the GPT models, 4,000 with DALL·E 3; others say so themselves. */
const PROMPT_LIMITS: ReadonlyMap<string, number> = new Map([["dall-e-3", 4_000]]);

/**
 * OpenAI's image API (https://platform.openai.com/docs/api-reference/images) as an upstream, and every server that
 * speaks it: LocalAI, vLLM, LiteLLM, Together. Synchronous: the answer to a submit holds the images.
 *
 * @param settings - `baseUrl` replaces https://api.openai.com; with or without `/v1` at its end
 * @example createOpenai({ apiKey: env.OPENAI_API_KEY, baseUrl: "http://localhost:8080/v1" })
 */
export function createOpenai(settings: { apiKey: string; baseUrl?: string }): Provider {
  const apiKey = settings.apiKey.trim();
  const baseUrl = settings.baseUrl ?? "https://api.openai.com";
  const upstream: HttpUpstream = {
    name: "OpenAI",
    baseUrl: `${baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1`,
    headers: { authorization: `Bearer ${apiKey}` },
    secrets: [apiKey],
    errorSchema,
  };

  return {
    id: "openai",
    describe: describeOpenai,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      const isEdit = call.inputs.length > 0;
      const { data } = await callJson(
        upstream,
        {
          method: "POST",
          path: isEdit ? "/images/edits" : "/images/generations",
          body: isEdit ? await formOf(call, context) : inputOf(call),
          stakes: "paid",
        },
        imagesSchema,
        context,
      );
      const images = (data ?? []).flatMap(toImage);
      if (images.length === 0) throw new ProviderError("unavailable", "OpenAI answered without an image");
      return { status: "done", images };
    },

    /** https://platform.openai.com/docs/api-reference/models/list */
    async check(context: ProviderContext): Promise<void> {
      const response = await send(upstream, { method: "GET", path: "/models", stakes: "free" }, context);
      if (response.status === 403 || response.status === 404) {
        await response.body?.cancel();
        // A key can be restricted to some endpoints, and painting be among them; or a server has no such list.
        throw new ProviderError("rejected", "OpenAI does not list models for this key");
      }
      await readJson(upstream, response, "free", z.object({}), context);
    },
  };
}

function inputOf(call: ImageCall) {
  const { quality } = openaiModel(call.model);
  return {
    model: call.model,
    prompt: shapePrompt({ ...call, maxLength: PROMPT_LIMITS.get(call.model) }).prompt,
    n: call.count,
    size: openaiSize(call.model, call.aspectRatio, call.resolution),
    ...(quality ? { quality: quality[call.qualityMode] } : {}),
  };
}

/** Edits take a form, with the pictures as files. */
async function formOf(call: ImageCall, context: ProviderContext): Promise<FormData> {
  const form = new FormData();
  for (const [name, value] of Object.entries(inputOf(call))) form.append(name, `${value}`);
  for (const [index, input] of call.inputs.entries()) {
    const image = await fetchInput(input, context);
    const extension = /^image\/(\w+)/.exec(image.type)?.[1] ?? "png";
    form.append("image[]", image, `input-${index + 1}.${extension}`);
  }
  return form;
}

function toImage({ b64_json, url }: z.infer<typeof imageSchema>): ProviderImage[] {
  const bytes = b64_json ? decodeBase64(b64_json) : null;
  // What it really is, is told by its bytes when it is stored.
  if (bytes) return [{ bytes, contentType: "image/png" }];
  return url ? [{ url }] : [];
}
