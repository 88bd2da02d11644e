import type { Settings } from "../settings.ts";
import { isSigned, sign } from "../signing.ts";

/** Largest file that is taken, in bytes. */
export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;

/** What a link lets its holder do: put the file there, or get it. */
type Use = "upload" | "input";

/** Where uploads are put, and got by those who work from them. */
export const UPLOAD_ROUTE = "/uploads/:account/:file";

const FILE = /^uploads\/([\w-]+)\/[0-9a-f-]{36}\.[a-z0-9]{1,8}$/;

/** A new file's path, which is its object key too. Nobody can guess it. */
export function newUploadPath(accountId: string, extension: string): string {
  return `uploads/${accountId}/${crypto.randomUUID()}.${extension}`;
}

/** Whether a path is that of an upload of the account. */
export function isUploadOf(accountId: string, path: string): boolean {
  return FILE.exec(path)?.[1] === accountId;
}

/**
 * An address that is good for one use of one file until a moment. The same arguments give the same address.
 *
 * @param origin - where this Worker is reached
 * @param expiresAt - milliseconds since the Unix epoch
 */
export async function uploadLink(
  { signingSecret }: Settings,
  use: Use,
  { origin, path, expiresAt }: { origin: string; path: string; expiresAt: number },
): Promise<string> {
  const expires = Math.ceil(expiresAt / 1000);
  const query = new URLSearchParams({
    expires: `${expires}`,
    signature: await sign(signingSecret, use, textOf(path, `${expires}`)),
  });
  return `${origin}/${path}?${query}`;
}

/**
 * The path that an address is good for.
 *
 * @param now - milliseconds since the Unix epoch
 * @returns null for an address that we did not make for this use, or that has expired
 */
export async function pathOfLink(
  { signingSecret }: Settings,
  use: Use,
  { pathname, searchParams }: URL,
  now: number,
): Promise<string | null> {
  const path = pathname.slice(1);
  const expires = searchParams.get("expires") ?? "";
  const signature = searchParams.get("signature") ?? "";
  if (!(await isSigned(signingSecret, use, textOf(path, expires), signature))) return null;
  return now <= Number(expires) * 1000 ? path : null;
}

function textOf(path: string, expires: string): string {
  return `${path}\n${expires}\n${MAX_UPLOAD_BYTES}`;
}
