import type { Principal } from "@bluehour/contract";
import type { Admission } from "./accounts/admission.ts";
import type { AskedImage } from "./asked-image.ts";
import { planRoutes } from "./providers.ts";
import type { Settings } from "./settings.ts";

/** What chance and the clock bring to an order. */
export interface OrderContext {
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** 32 bits. */
  readonly seed: number;
  readonly idempotencyKey: string | undefined;
  /** Where images are public, without a slash at the end. */
  readonly imagesUrl: string;
}

/**
 * Turns what is asked for into an order: decides everything that settings and catalogue have a say in, once.
 *
 * @throws ApiError when no configured provider can paint it
 */
export async function orderJob(
  principal: Principal,
  { type, name, model, image, request }: AskedImage,
  settings: Settings,
  { now, seed, idempotencyKey, imagesUrl }: OrderContext,
): Promise<Admission> {
  const { routes, credits } = planRoutes({ ...image, model, edit: image.inputs.length > 0 }, settings);
  return {
    tokenId: principal.tokenId,
    creditsCharged: image.imageCount * credits,
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
      type,
      name: name ?? `${DEFAULT_NAMES[type]} - ${new Date(now).toISOString()}`,
      model,
      image,
      routes,
      creditsPerImage: credits,
      seed,
      createdAt: now,
      deadlineAt: now + settings.jobDeadlineMs,
      retentionMs: settings.retentionMs,
      unknownSubmission: settings.unknownSubmission,
      webhookUrl: request.webhook_url ?? null,
      imagesUrl,
    },
  };
}

/** What Magic Hour calls jobs that were given no name. */
const DEFAULT_NAMES = { AI_IMAGE: "Ai Image", AI_IMAGE_EDITOR: "Ai Image Editor" };

/** Keys are the account's; those of a browser token are its own, or one page's would answer with another's job. */
function scopedKey({ confined, tokenId }: Principal, key: string): string {
  return `${confined ? tokenId : ""}:${key}`;
}

/** A hash of what was asked. The schema has put the keys in order and left unknown ones out. */
async function fingerprintOf(request: AskedImage["request"]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(request));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
