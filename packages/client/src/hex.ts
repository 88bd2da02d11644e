/** Bytes in hexadecimal. Not `Uint8Array.prototype.toHex`, which not every browser in use has. */
export function hex(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
