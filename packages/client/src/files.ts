import type { UploadUrls, UploadUrlsInput } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import { call } from "./call.ts";
import { BluehourError, ValidationError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import { success } from "./response-error.ts";
import { retry } from "./retry.ts";
import type { RpcClient } from "./rpc.ts";
import { inScope, type ScopeOptions } from "./scope.ts";
import type { UploadDetails } from "./upload.ts";
import type { UploadSource } from "./upload-source.ts";

/** How to upload. */
export interface UploadOptions extends ScopeOptions, UploadDetails {}

/** `/v1/files`: upload images that an edit works from. */
export interface Files {
  /**
   * Uploads an image: PNG, JPEG, WebP, AVIF or GIF, up to 25 MiB. One that no job uses for seven days is deleted.
   *
   * @returns the `file_path` for `image_file_paths`
   * @throws ValidationError for what is no image, or too large; BluehourError for a local file that cannot be read; what
   * a stream to upload fails with
   * @example
   * const file_path = await bluehour.v1.files.uploadFile("cat.png", {
   *   onProgress: ({ fraction }) => console.log(`${Math.round(fraction * 100)} %`),
   * });
   */
  uploadFile(source: UploadSource, options?: UploadOptions): Promise<string>;
  /**
   * Signed addresses to PUT files to yourself, without a token, in the order of the request.
   *
   * @throws ValidationError for an extension that does not fit its type, and for more than 100 files
   */
  createUploadUrls(request: UploadUrlsInput, options?: ScopeOptions): Promise<UploadUrls>;
}

/** Uploads an image. @returns its `file_path` */
export type Upload = (source: UploadSource, signal: AbortSignal, details?: UploadDetails) => Promise<string>;

/** What users call, and what edits use. */
export function fileCalls(
  rpc: RpcClient,
  { files, customFetch }: Platform,
): { files: Files; upload: Upload } {
  const createUploadUrls: Files["createUploadUrls"] = (json, options) =>
    call(options, (at) => rpc.v1.files["upload-urls"].$post({ json }, at));

  const upload: Upload = async (source, signal, details = {}) => {
    const uploads = await retry(signal, () => files.loadUploads());
    const path = await uploads.upload(source, details, {
      signal,
      fetch: customFetch,
      async placeFor(extension) {
        const { items } = await createUploadUrls({ items: [{ type: "image", extension }] }, { signal });
        if (!items[0]) throw new BluehourError("The server names no place for the file");
        return items[0];
      },
      insist: (send, limits) =>
        retry(signal, (trySignal) => abortable(send(trySignal).then(success), trySignal), limits),
    });
    if (typeof path === "string") return path;
    throw new ValidationError(path.message, { code: path.code });
  };

  return {
    upload,
    files: {
      uploadFile: (source, options) => inScope(options, ({ signal }) => upload(source, signal, options)),
      createUploadUrls,
    },
  };
}
