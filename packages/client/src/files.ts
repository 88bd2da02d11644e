import type { UploadUrls, UploadUrlsInput } from "@bluehour/contract";
import type { Call } from "./call.ts";
import type { Platform } from "./platform.ts";
import type { RpcClient } from "./rpc.ts";
import { inScope, type ScopeOptions } from "./scope.ts";
import { createUpload, type Upload, type UploadDetails, type UploadSource } from "./upload.ts";

export interface UploadOptions extends ScopeOptions, UploadDetails {}

/** `/v1/files`: upload images that an edit works from. */
export interface Files {
  /**
   * Uploads an image: PNG, JPEG, WebP, AVIF or GIF, up to 25 MiB. One that no job uses for seven days is deleted.
   *
   * @returns the `file_path` for `image_file_paths`
   * @throws ValidationError for what is no image, or too large; NetworkError, TimeoutError, AbortError
   * @example
   * const file_path = await bluehour.v1.files.uploadFile("cat.png", {
   *   onProgress: ({ fraction }) => console.log(`${Math.round(fraction * 100)} %`),
   * });
   */
  uploadFile(source: UploadSource, options?: UploadOptions): Promise<string>;
  /**
   * Signed addresses to PUT files to yourself, in the order of the request.
   *
   * @throws ValidationError for an extension that does not fit its type
   */
  createUploadUrls(request: UploadUrlsInput, options?: ScopeOptions): Promise<UploadUrls>;
}

/** What users call, and what edits use. */
export function fileCalls(rpc: RpcClient, call: Call, platform: Platform): { files: Files; upload: Upload } {
  const createUploadUrls: Files["createUploadUrls"] = (json, options) =>
    call(options, (at) => rpc.v1.files["upload-urls"].$post({ json }, at));
  const upload = createUpload(createUploadUrls, platform);
  return {
    upload,
    files: {
      uploadFile: (source, options = {}) =>
        inScope(platform, options, ({ signal }) => upload(source, signal, options)),
      createUploadUrls,
    },
  };
}
