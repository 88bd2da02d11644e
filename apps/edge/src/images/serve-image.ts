import { isImageKey } from "./image-key.ts";

/** An image may be drawn anywhere and run nothing. */
const FIXED_HEADERS = {
  "Cache-Control": "public, max-age=31536000, immutable",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Access-Control-Allow-Origin": "*",
  "Accept-Ranges": "bytes",
};

/** One range of RFC 9110; anything else, such as several ranges, is ignored as the RFC allows. */
const RANGE = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/;

/**
 * Answers GET and HEAD for a stored image, with conditions and a single range.
 *
 * @returns null for a file that does not exist
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13
 */
export async function serveImage(request: Request, bucket: R2Bucket, file: string): Promise<Response | null> {
  if (!isImageKey(file)) return null;
  const head = request.method === "HEAD";
  const range = head ? null : await askedRange(request, bucket, file);
  const object = await bucket.get(file, {
    onlyIf: request.headers,
    ...(range ? { range: request.headers } : {}),
  });
  if (!object) return null;
  const headers = headersOf(object);
  if (!("body" in object)) return new Response(null, { status: failedCondition(request), headers });
  if (range && isUnsatisfiable(range, object.size)) {
    await object.body.cancel();
    headers.set("Content-Range", `bytes */${object.size}`);
    return new Response(null, { status: 416, headers });
  }
  const served = range && servedRange(range, object.size);
  if (served) headers.set("Content-Range", `bytes ${served.first}-${served.last}/${object.size}`);
  const length = served ? served.last - served.first + 1 : object.size;
  headers.set("Content-Length", `${length}`);
  if (head) await object.body.cancel();
  return new Response(head ? null : object.body, { status: served ? 206 : 200, headers });
}

function headersOf(object: R2Object): Headers {
  const headers = new Headers(FIXED_HEADERS);
  headers.set("Content-Type", object.httpMetadata?.contentType ?? "application/octet-stream");
  headers.set("ETag", object.httpEtag);
  headers.set("Last-Modified", object.uploaded.toUTCString());
  return headers;
}

/** R2 says that a condition failed, not which: those that ask for a match come first. */
function failedCondition({ headers }: Request): 304 | 412 {
  return headers.has("if-match") || headers.has("if-unmodified-since") ? 412 : 304;
}

/** The range asked for, unless `If-Range` makes it that of another image. */
async function askedRange(
  { headers }: Request,
  bucket: R2Bucket,
  file: string,
): Promise<RegExpMatchArray | null> {
  const range = headers.get("range")?.match(RANGE) ?? null;
  const sameAs = headers.get("if-range");
  if (!range || !sameAs) return range;
  return (await bucket.head(file))?.httpEtag === sameAs ? range : null;
}

function isUnsatisfiable([, first, last, suffix]: RegExpMatchArray, size: number): boolean {
  if (first === undefined) return Number(suffix) === 0;
  return Number(first) >= size || (last !== "" && Number(last) < Number(first));
}

function servedRange(
  [, first, last, suffix]: RegExpMatchArray,
  size: number,
): { first: number; last: number } {
  if (first === undefined) return { first: Math.max(0, size - Number(suffix)), last: size - 1 };
  return { first: Number(first), last: last ? Math.min(Number(last), size - 1) : size - 1 };
}
