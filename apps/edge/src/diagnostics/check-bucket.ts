import type { Diagnostic, DiagnosticProbe } from "@bluehour/contract";
import { imageKey } from "../images/image-key.ts";
import { IMAGE_HTTP_METADATA } from "../images/store-image.ts";
import { describeError } from "../log.ts";
import { fault, ok } from "./verdict.ts";

/** Probes are named as images of jobs that nobody has: a job's id is random to its first digit. */
const PREFIX = "0".repeat(32);

/** How long a probe is left for those who look for it from outside, in milliseconds. */
const PROBE_LIFE_MS = 10 * 60_000;

/** One grey pixel. */
const PIXEL = Uint8Array.fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==",
);

interface BucketFound {
  readonly check: Diagnostic;
  /** Left in the bucket until a later look; null if the bucket does not take it. */
  readonly probe: DiagnosticProbe | null;
}

/** Writes a small image, reads it, finds it in the list, deletes it; and leaves another for a look from outside. */
export async function checkBucket(bucket: R2Bucket | undefined, now: number): Promise<BucketFound> {
  const name = "bucket";
  if (!bucket) {
    const fix = "bind the bucket as IMAGES in wrangler.toml, and deploy";
    return { check: fault(name, "the binding IMAGES is missing", fix), probe: null };
  }
  const passed = { step: "list" };
  try {
    const probe = await tryOut(bucket, now, passed);
    return { check: ok(name, "takes, gives, lists and deletes"), probe };
  } catch (error) {
    const fix = 'see that the bucket of wrangler.toml is there: "wrangler r2 bucket list"';
    return { check: fault(name, `cannot ${passed.step}: ${describeError(error)}`, fix), probe: null };
  }
}

/** @param at - told each step before it is taken */
async function tryOut(bucket: R2Bucket, now: number, at: { step: string }): Promise<DiagnosticProbe> {
  const { objects: before } = await bucket.list({ prefix: PREFIX });
  const random = crypto.getRandomValues(new Uint8Array(16)).toHex();
  const [fleeting, staying] = [imageKey(PREFIX + random, 1, "png"), imageKey(PREFIX + random, 0, "png")];
  const options = { httpMetadata: { ...IMAGE_HTTP_METADATA, contentType: "image/png" } };

  at.step = "write";
  await Promise.all([bucket.put(fleeting, PIXEL, options), bucket.put(staying, PIXEL, options)]);
  at.step = "read";
  const read = await (await bucket.get(fleeting))?.bytes();
  if (read?.toHex() !== PIXEL.toHex()) throw new Error("what was written is not what is read");
  at.step = "list";
  const { objects } = await bucket.list({ prefix: PREFIX + random });
  if (objects.length !== 2) throw new Error("what was written is not in the list");
  at.step = "delete";
  const old = before.filter(({ uploaded }) => uploaded.getTime() < now - PROBE_LIFE_MS);
  await bucket.delete([fleeting, ...old.map(({ key }) => key)]);
  if (await bucket.head(fleeting)) throw new Error("what was deleted is still there");

  const digest = await crypto.subtle.digest("SHA-256", PIXEL);
  return { file: staying, content_type: "image/png", sha256: new Uint8Array(digest).toHex() };
}
