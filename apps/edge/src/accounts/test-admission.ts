import { env } from "cloudflare:workers";
import { imageGeneratorRequestSchema, type Principal } from "@bluehour/contract";
import { askedToPaint } from "../asked-image.ts";
import { orderJob } from "../order-job.ts";
import { readSettings } from "../settings.ts";
import { IMAGES_URL, OPERATOR } from "../test-api.ts";
import type { Admission } from "./admission.ts";
import { Books } from "./books.ts";

interface Asked {
  readonly accountId: string;
  readonly imageCount?: number;
  readonly key?: string;
  readonly principal?: Partial<Principal>;
  readonly change?: Partial<Admission>;
}

/** An admission as the Worker asks for it: sketches, 5 credits each. */
export async function admissionOf({
  accountId,
  imageCount = 1,
  key,
  principal = {},
  change = {},
}: Asked): Promise<Admission> {
  const request = imageGeneratorRequestSchema.parse({
    image_count: imageCount,
    style: { prompt: "p" },
    model: "sketch/default",
    resolution: "640px",
  });
  const admission = await orderJob(
    { ...OPERATOR, accountId, ...principal },
    askedToPaint(request),
    readSettings(env),
    {
      now: Date.now(),
      seed: 1,
      idempotencyKey: key,
      imagesUrl: IMAGES_URL,
    },
  );
  return { ...admission, ...change };
}

export const newJobId = (): string => env.JOBS.newUniqueId().toString();

/** An account's books, opened with so many credits; no job of them is ever born. */
export function openBooks(storage: DurableObjectStorage, credits: number | null): Books {
  const books = new Books(storage);
  books.account.open("a test's own", credits, Date.now());
  return books;
}
