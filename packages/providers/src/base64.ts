/** Bytes to base64 per call of `String.fromCharCode`, which takes so many arguments at most; a multiple of 3. */
const CHUNK = 0x6000;

/** workerd has its own; Node 24, on which the tests run, has none yet. */
const fromBase64 = "fromBase64" in Uint8Array ? Uint8Array.fromBase64.bind(Uint8Array) : decodeByByte;

/** Decodes base64. @returns null for what is no base64 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return fromBase64(text);
  } catch {
    return null;
  }
}

function decodeByByte(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Encodes bytes in base64, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  }
  return text;
}
