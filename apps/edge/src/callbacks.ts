import type { Bindings } from "./bindings.ts";
import { namespaces } from "./namespaces.ts";
import { readSettings, type Settings } from "./settings.ts";
import { isSigned, sign } from "./signing.ts";

/** Where providers call back; what a URL holds beside it is made by `callbackUrl` and read by `takeCallback`. */
export const CALLBACK_PATH = "/callbacks/:job/:part{\\d+}/:signature";

/**
 * The address for a provider to call when an operation of a part has ended. Nobody can guess it, and all it is good
 * for is to have the job ask its provider.
 *
 * @param part - position of the part in its job
 * @returns undefined without `PUBLIC_URL`: no provider could reach us
 */
export async function callbackUrl(
  { publicUrl, signingSecret }: Settings,
  jobId: string,
  part: number,
): Promise<string | undefined> {
  if (publicUrl === undefined) return undefined;
  const signature = await sign(signingSecret, "callback", textOf(jobId, `${part}`));
  return `${publicUrl}/callbacks/${jobId}/${part}/${signature}`;
}

/**
 * Wakes the job that a callback is about, whatever state it is in. The body is nobody's business: a callback is never
 * believed.
 *
 * @returns false for an address that we did not make
 */
export async function takeCallback(
  bindings: Bindings,
  { job: jobId, part, signature }: { job: string; part: string; signature: string },
): Promise<boolean> {
  const { signingSecret } = readSettings(bindings);
  if (!(await isSigned(signingSecret, "callback", textOf(jobId, part), signature))) return false;
  await namespaces(bindings).job(jobId)?.poke(Number(part));
  return true;
}

function textOf(jobId: string, part: string): string {
  return `${jobId}/${part}`;
}
