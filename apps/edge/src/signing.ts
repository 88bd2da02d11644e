/** What a signature is good for; one made for one purpose is worth nothing for another. */
export type Purpose = "callback" | "webhook" | "upload" | "input" | "account-token";

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };
const encoder = new TextEncoder();

/**
 * Signs a text, so that it can come back from outside and be known as ours: HMAC-SHA256 (RFC 2104), in base64url.
 *
 * @param secret - the setting `SIGNING_SECRET`
 */
export async function sign(secret: string, purpose: Purpose, text: string): Promise<string> {
  const signature = await crypto.subtle.sign(ALGORITHM, await keyOf(secret, "sign"), message(purpose, text));
  return new Uint8Array(signature).toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Whether a signature is ours, compared in constant time. False for anything that is not even base64url. */
export async function isSigned(
  secret: string,
  purpose: Purpose,
  text: string,
  signature: string,
): Promise<boolean> {
  const bytes = decode(signature);
  return (
    bytes !== null &&
    (await crypto.subtle.verify(ALGORITHM, await keyOf(secret, "verify"), bytes, message(purpose, text)))
  );
}

function message(purpose: Purpose, text: string): Uint8Array {
  return encoder.encode(`${purpose}\n${text}`);
}

function keyOf(secret: string, usage: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", encoder.encode(secret), ALGORITHM, false, [usage]);
}

function decode(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" });
  } catch {
    return null;
  }
}
