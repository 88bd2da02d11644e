import type { Created, ImageEditorInput } from "@bluehour/contract";
import type { Upload } from "./files.ts";
import { type CreateOptions, type GenerateOptions, imageJobs, type ResumeOptions } from "./image-jobs.ts";
import type { Result } from "./image-projects.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import type { RpcClient } from "./rpc.ts";
import type { UploadSource } from "./upload-source.ts";

/** What to edit, and how. */
export interface EditRequest extends Omit<ImageEditorInput, "assets"> {
  /** What to work from: `image_file_paths`, 1 to 10 addresses, files or uploads. */
  assets: {
    /**
     * The images to work from, 1 to 10. Public https addresses and the `file_path`s of uploads are passed on; what else
     * `uploadFile` takes is uploaded first: local paths (Node, Deno, Bun), `File`s, `Blob`s, bytes and streams.
     */
    image_file_paths: readonly UploadSource[];
  };
}

/** `/v1/ai-image-editor`: images from images and words. */
export interface AiImageEditor {
  /**
   * Uploads what has to be, and creates a job that works from images. Answers once it is durable, long before it is
   * done.
   *
   * @throws ValidationError, InsufficientCreditsError, RateLimitError; NotFoundError for a `file_path` that the account
   * does not have; what `uploadFile` throws
   */
  create(request: EditRequest, options?: CreateOptions): Promise<Created>;
  /**
   * Uploads what has to be, creates a job, waits for it and downloads its images.
   *
   * @throws what `create` throws, and GenerationFailedError, CanceledError, DownloadError
   * @example
   * const { downloaded_paths } = await bluehour.v1.aiImageEditor.generate(
   *   { style: { prompt: "Give it sunglasses" }, assets: { image_file_paths: ["cat.png"] } },
   *   { downloadDirectory: "outputs" },
   * );
   */
  generate(request: EditRequest, options?: GenerateOptions): Promise<Result>;
  /**
   * As `aiImageGenerator.resume`: picks up a job that was left.
   *
   * @throws NotFoundError, GenerationFailedError, CanceledError, DownloadError
   */
  resume(id: string, options?: ResumeOptions): Promise<Result>;
}

/** What the Worker can get at already: an address, or a `file_path` of its own. */
const PLACED = /^https?:|^uploads\/[\w-]+\/[\da-f-]{36}\.\w+$/i;

export function aiImageEditor(
  rpc: RpcClient,
  requests: Requests,
  platform: Platform,
  upload: Upload,
): AiImageEditor {
  return imageJobs(requests, platform, async ({ assets, ...request }: EditRequest, signal) => {
    // What one upload that fails leaves under way is of no use to anybody.
    const rest = new AbortController();
    const both = AbortSignal.any([signal, rest.signal]);
    try {
      const image_file_paths = await Promise.all(
        assets.image_file_paths.map((source) =>
          typeof source === "string" && PLACED.test(source) ? source : upload(source, both),
        ),
      );
      const json = { ...request, assets: { ...assets, image_file_paths } };
      return (options) => rpc.v1["ai-image-editor"].$post({ json }, options);
    } finally {
      rest.abort();
    }
  });
}
