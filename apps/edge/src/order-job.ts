import { type ImageGeneratorRequest, type Principal, requestedAspectRatio } from "@bluehour/contract";
import type { Admission } from "./accounts/admission.ts";
import { planRoutes } from "./providers.ts";
import type { Settings } from "./settings.ts";

/** What chance and the clock bring to an order. */
export interface OrderContext {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** 32 bits. */
  readonly seed: number;
  readonly idempotencyKey: string | undefined;
}

/**
 * Turns a request into an order: decides everything that settings and catalogue have a say in, once.
 *
 * @throws ApiError when no configured provider can paint it
 */
export async function orderJob(
  principal: Principal,
  request: ImageGeneratorRequest,
  settings: Settings,
  { now, seed, idempotencyKey }: OrderContext,
): Promise<Admission> {
  const { prompt, tool, quality_mode: qualityMode } = request.style;
  const aspectRatio = requestedAspectRatio(request);
  const { model, resolution, image_count: imageCount } = request;
  const { routes, credits } = planRoutes(
    { model, aspectRatio, resolution, qualityMode, edit: false },
    settings,
  );
  return {
    tokenId: principal.tokenId,
    creditsCharged: imageCount * credits,
    ratePerMinute: settings.rateLimitPerMinute,
    idempotency:
      idempotencyKey === undefined
        ? null
        : {
            key: scopedKey(principal, idempotencyKey),
            fingerprint: await fingerprintOf(request),
          },
    order: {
      accountId: principal.accountId,
      createdBy: principal.confined ? principal.tokenId : null,
      type: "AI_IMAGE",
      name: request.name ?? `Ai Image - ${new Date(now).toISOString()}`,
      model,
      image: { prompt, tool, qualityMode, aspectRatio, resolution, imageCount, inputs: [] },
      routes,
      creditsPerImage: credits,
      seed,
      createdAt: now,
      deadlineAt: now + settings.jobDeadlineMs,
      retentionMs: settings.retentionMs,
      unknownSubmission: settings.unknownSubmission,
    },
  };
}

/** Keys are the account's; those of a browser token are its own, or one page's would answer with another's job. */
function scopedKey({ confined, tokenId }: Principal, key: string): string {
  return `${confined ? tokenId : ""}:${key}`;
}

/** A hash of what was asked. The schema has put the keys in order and left unknown ones out. */
async function fingerprintOf(request: ImageGeneratorRequest): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
