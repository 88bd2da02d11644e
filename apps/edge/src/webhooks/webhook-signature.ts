const PREFIX = "whsec_";
const ALGORITHM = { name: "HMAC", hash: "SHA-256" };
const encoder = new TextEncoder();

/** A fresh secret: `whsec_` and 24 random bytes in base64, as Standard Webhooks has it. */
export function newWebhookSecret(): string {
  return `${PREFIX}${crypto.getRandomValues(new Uint8Array(24)).toBase64()}`;
}

/** A secret made of bytes that are secret already. */
export function webhookSecretOf(bytes: Uint8Array): string {
  return `${PREFIX}${bytes.toBase64()}`;
}

/**
 * The headers by which a receiver knows a delivery as ours, in two dialects that do not disturb each other:
 *
 * - Standard Webhooks signs `{id}.{timestamp}.{body}` with the bytes behind `whsec_`, once for each secret that is good
 * - Magic Hour signs `{timestamp}.{body}` with the secret as it is written; it has room for one signature, that of the
 *   newest secret
 *
 * @param secrets - those that are good, newest first
 * @param timestamp - of this try, in Unix seconds
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 * @see https://docs.magichour.ai/integration/webhook/secure-handler
 */
export async function signatureHeaders(
  secrets: readonly [string, ...string[]],
  { id, timestamp, body }: { id: string; timestamp: number; body: string },
): Promise<Record<string, string>> {
  const signatures = await Promise.all(
    secrets.map(async (secret) => (await hmac(keyBytes(secret), `${id}.${timestamp}.${body}`)).toBase64()),
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": `${timestamp}`,
    "webhook-signature": signatures.map((signature) => `v1,${signature}`).join(" "),
    "magic-hour-event-timestamp": `${timestamp}`,
    "magic-hour-event-signature": (
      await hmac(Uint8Array.from(encoder.encode(secrets[0])), `${timestamp}.${body}`)
    ).toHex(),
  };
}

function keyBytes(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(secret.slice(PREFIX.length));
}

async function hmac(key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey("raw", key, ALGORITHM, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign(ALGORITHM, imported, encoder.encode(text)));
}
