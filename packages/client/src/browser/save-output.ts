import { NetworkError } from "../errors.ts";
import type { SaveOutput } from "../save-outputs.ts";

/** Keeps an image in memory, as a `File`. @throws NetworkError if it is not what the project says */
export const saveOutput: SaveOutput = async (response, { bytes, sha256, content_type }, { name }) => {
  const content = await response.arrayBuffer();
  if (content.byteLength !== bytes) {
    throw new NetworkError(`${name}: received ${content.byteLength} of ${bytes} bytes`);
  }
  // Browsers offer hashing on https and localhost only.
  if (globalThis.crypto?.subtle && (await sha256Of(content)) !== sha256) {
    throw new NetworkError(`${name}: the content was damaged on the way`);
  }
  return { file: new File([content], name, { type: content_type }) };
};

/** In hexadecimal. */
async function sha256Of(content: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
