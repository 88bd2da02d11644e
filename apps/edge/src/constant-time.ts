/**
 * Compares two secrets in a time that tells nothing about where they differ, nor of their lengths: what is compared
 * are their hashes.
 *
 * @see https://developers.cloudflare.com/workers/runtime-apis/web-crypto/#timingsafeequal
 */
export async function secretsEqual(a: string, b: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const [first, second] = await Promise.all(
    [a, b].map((secret) => crypto.subtle.digest("SHA-256", encoder.encode(secret))),
  );
  return first !== undefined && second !== undefined && crypto.subtle.timingSafeEqual(first, second);
}
