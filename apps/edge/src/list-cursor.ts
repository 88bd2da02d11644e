import { ApiError } from "@bluehour/contract";
import type { Place } from "./accounts/job-index.ts";

const CURSOR = /^(\d{1,16})\.([0-9a-f]{64})$/;

/** A place in the list as callers carry it around. It tells nothing but the age of a job they have seen. */
export function toCursor({ createdAt, id }: Place): string {
  return new TextEncoder()
    .encode(`${createdAt}.${id}`)
    .toBase64({ alphabet: "base64url", omitPadding: true });
}

/** @throws ApiError `invalid_request` for what is not one of our cursors */
export function readCursor(cursor: string): Place {
  const [, createdAt, id] = CURSOR.exec(decode(cursor)) ?? [];
  if (!createdAt || !id) {
    const message = "must be the next_cursor of an answer before";
    throw new ApiError("invalid_request", `cursor: ${message}`, { issues: [{ path: "cursor", message }] });
  }
  return { createdAt: Number(createdAt), id };
}

function decode(cursor: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(cursor, { alphabet: "base64url" }));
  } catch {
    return "";
  }
}
