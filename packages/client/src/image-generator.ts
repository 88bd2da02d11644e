import type { Created, ImageGeneratorInput } from "@bluehour/contract";
import { type CreateOptions, type GenerateOptions, imageJobs, type ResumeOptions } from "./image-jobs.ts";
import type { Result } from "./image-projects.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import type { RpcClient } from "./rpc.ts";

/** `/v1/ai-image-generator`: images from words. */
export interface AiImageGenerator {
  /**
   * Creates a job. Answers once it is durable, long before it is done.
   *
   * @throws ValidationError, InsufficientCreditsError, RateLimitError
   */
  create(request: ImageGeneratorInput, options?: CreateOptions): Promise<Created>;
  /**
   * Creates a job, waits for it and downloads its images.
   *
   * @throws what `create` throws, and GenerationFailedError, CanceledError, DownloadError
   * @example
   * const { downloaded_paths } = await bluehour.v1.aiImageGenerator.generate(
   *   { image_count: 1, orientation: "landscape", style: { prompt: "a lighthouse at dusk" } },
   *   { downloadDirectory: "outputs", timeoutMs: 120_000 },
   * );
   */
  generate(request: ImageGeneratorInput, options?: GenerateOptions): Promise<Result>;
  /**
   * Picks up where a `generate` left off whose tab was closed or whose process died: waits for the job and downloads
   * its images, but those that are in the directory already.
   *
   * @param id - of the job: `error.jobId`, or what `onProgress` was told
   * @throws NotFoundError, GenerationFailedError, CanceledError, DownloadError
   * @example
   * const { downloaded_paths } = await bluehour.v1.aiImageGenerator.resume(id, { downloadDirectory: "outputs" });
   */
  resume(id: string, options?: ResumeOptions): Promise<Result>;
}

export function aiImageGenerator(rpc: RpcClient, requests: Requests, platform: Platform): AiImageGenerator {
  return imageJobs(
    requests,
    platform,
    async (json: ImageGeneratorInput) => (options) => rpc.v1["ai-image-generator"].$post({ json }, options),
  );
}
