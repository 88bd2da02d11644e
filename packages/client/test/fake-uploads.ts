import type { UploadUrls, UploadUrlsRequest } from "@bluehour/contract";

/** A page of any origin may upload, as to the Worker. */
const OPEN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Allow-Methods": "PUT",
  "Access-Control-Expose-Headers": "Retry-After, X-Request-Id",
};
/** Longer than any client waits by itself. */
const BUSY = { "Retry-After": "120", "X-Request-Id": "r" };

/**
 * Places for files, in memory. Takes no script, and turns away for two minutes what begins with `busy`.
 *
 * @param origin - where they are reached
 */
export function fakeUploads(origin: () => string) {
  const stored = new Map<string, Uint8Array>();
  let count = 0;
  return {
    /** What was uploaded, by `file_path`. */
    stored,

    urls({ items }: UploadUrlsRequest): UploadUrls {
      return {
        items: items.map(({ extension }) => {
          const name = `${++count}`.padStart(36, "0");
          const file_path = `uploads/default/${name}.${extension}`;
          const upload_url = `${origin()}/${file_path}?signature=s`;
          return { upload_url, expires_at: "2026-02-01T00:00:00.000Z", file_path };
        }),
      };
    },

    async serve(request: Request): Promise<Response> {
      const { pathname, search } = new URL(request.url);
      if (request.method === "OPTIONS") {
        const asked = request.headers.get("access-control-request-headers") ?? "";
        return new Response(null, {
          status: 204,
          headers: { ...OPEN, "Access-Control-Allow-Headers": asked },
        });
      }
      if (request.headers.has("authorization") || search !== "?signature=s") {
        return new Response(null, { status: 401, headers: OPEN });
      }
      const bytes = new Uint8Array(await request.arrayBuffer());
      const text = new TextDecoder().decode(bytes.subarray(0, 7));
      if (text.startsWith("busy")) return new Response(null, { status: 503, headers: { ...OPEN, ...BUSY } });
      if (text === "<script") {
        return Response.json(
          { message: "This is no image", code: "unprocessable" },
          { status: 422, headers: OPEN },
        );
      }
      stored.set(pathname.slice(1), bytes);
      return new Response(null, { status: 200, headers: OPEN });
    },
  };
}
