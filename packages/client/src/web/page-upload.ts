import { type Uploads, uploadThrough } from "../upload.ts";
import { blobOf } from "../upload-source.ts";

/** Uploads what is in memory. */
export const upload: Uploads["upload"] = uploadThrough({
  contentOf: async (source, signal) =>
    typeof source === "string"
      ? { message: `"${source}" is a local path, which cannot be read here: pass a File or a Blob` }
      : blobOf(source, signal),

  // Of uploads, only this old way tells a page how far they are. Workers do not have it: there, the end is all.
  put: (url, body, signal, onSent, fetch) =>
    !onSent || fetch || !globalThis.XMLHttpRequest
      ? (fetch ?? globalThis.fetch)(url, { method: "PUT", body, signal })
      : new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.open("PUT", url);
          request.upload.onprogress = ({ loaded }) => onSent(loaded);
          request.onload = () => resolve(new Response(request.response || null, answerOf(request)));
          request.onerror = () => reject(new TypeError("The upload was cut"));
          request.onabort = () => reject(signal.reason);
          signal.addEventListener("abort", () => request.abort(), { once: true });
          request.send(body);
        }),
});

/** As `fetch` would tell it. Among the headers is when to come back. */
function answerOf(request: XMLHttpRequest): ResponseInit {
  const headers = new Headers();
  for (const [, name = "", value = ""] of request.getAllResponseHeaders().matchAll(/^(.+?): (.*)/gm))
    headers.append(name, value);
  return { status: request.status, statusText: request.statusText, headers };
}
