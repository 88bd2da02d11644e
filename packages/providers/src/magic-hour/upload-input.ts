import { type InputImage, type ProviderContext, ProviderError } from "@bluehour/core";
import * as z from "zod";
import { callJson, fetchAnswer, type HttpUpstream } from "../http-call.ts";
import { fetchInput } from "../input-image.ts";

/** The image formats Magic Hour takes, by media type (OpenAPI, `/v1/files/upload-urls`). */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["image/avif", "avif"],
  ["image/bmp", "bmp"],
  ["image/heic", "heic"],
  ["image/heif", "heif"],
  ["image/jp2", "jp2"],
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/tiff", "tiff"],
  ["image/webp", "webp"],
]);

const uploadUrlsSchema = z.object({
  items: z.array(z.object({ upload_url: z.url(), file_path: z.string().min(1) })).min(1),
});

/**
 * Copies an input image into Magic Hour's storage.
 *
 * @returns its `file_path` there
 * @throws ProviderError; nothing is paid yet, so never with an unknown outcome
 */
export async function uploadInput(
  upstream: HttpUpstream,
  input: InputImage,
  context: ProviderContext,
): Promise<string> {
  const image = await fetchInput(input, context);
  const extension = EXTENSIONS.get(image.type.replace(/;.*/, ""));
  if (extension === undefined) {
    throw new ProviderError("rejected", "An input image has a format that Magic Hour does not take");
  }
  const { items } = await callJson(
    upstream,
    {
      method: "POST",
      path: "/v1/files/upload-urls",
      body: { items: [{ type: "image", extension }] },
      stakes: "free",
    },
    uploadUrlsSchema,
    context,
  );
  const [slot] = items;
  if (slot === undefined) throw new ProviderError("unavailable", "Magic Hour gave no upload address");
  // The address is signed and on the host of a storage: the key stays home. A blob and not a stream, because
  // such storages refuse uploads of unknown length.
  const stored = await fetchAnswer(
    "Magic Hour's storage",
    slot.upload_url,
    { method: "PUT", body: image, headers: { "content-type": image.type } },
    { stakes: "free", context },
  );
  await stored.body?.cancel();
  if (!stored.ok) throw new ProviderError("unavailable", `Magic Hour's storage answered ${stored.status}`);
  return slot.file_path;
}
