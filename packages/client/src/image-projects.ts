import type { Project } from "@bluehour/contract";
import { CanceledError, GenerationFailedError } from "./errors.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import { type SavedOutputs, saveOutputs } from "./save-outputs.ts";
import { inScope, type Scope, type ScopeOptions } from "./scope.ts";
import { type OnProgress, waitForProject } from "./wait-for-project.ts";

export interface ResultOptions extends ScopeOptions {
  /** Wait until the job is terminal; if false, answer the job as it is now. Default true. */
  readonly waitForCompletion?: boolean | undefined;
  /** Download the images of a complete job. Default true. */
  readonly downloadOutputs?: boolean | undefined;
  /** Node: where the files go, created if missing. Default: the working directory. */
  readonly downloadDirectory?: string | undefined;
  /** Told of the job at once, and whenever it has changed; then the client also asks more often. */
  readonly onProgress?: OnProgress | undefined;
}

/** A job, and what was downloaded of it. */
export type Result = Project & SavedOutputs;

/** `/v1/image-projects`: look at a job, wait for it, cancel it, delete it. */
export interface ImageProjects {
  /** The job as it is now. @throws NotFoundError */
  get(request: { id: string }, options?: ScopeOptions): Promise<Project>;
  /** Cancels the job and removes its images. @throws NotFoundError */
  delete(request: { id: string }, options?: ScopeOptions): Promise<void>;
  /** Stops a job that still runs; its credits are refunded. @throws ConflictError if it has ended */
  cancel(request: { id: string }, options?: ScopeOptions): Promise<Project>;
  /**
   * Picks up a job that was created before: waits for it and downloads its images, as `generate` does. Ending
   * it by `signal` leaves the job alone.
   *
   * @throws GenerationFailedError, CanceledError, TimeoutError, DownloadError
   * @example
   * const { downloaded_paths } = await bluehour.v1.imageProjects.checkResult({ id }, { downloadDirectory: "outputs" });
   */
  checkResult(request: { id: string }, options?: ResultOptions): Promise<Result>;
}

export function imageProjects(requests: Requests, platform: Platform): ImageProjects {
  const onJob = <T>(id: string, options: ScopeOptions, run: (scope: Scope) => Promise<T>) =>
    inScope(platform, options, (scope) => {
      scope.jobId = id;
      return run(scope);
    });
  return {
    get: ({ id }, options = {}) => onJob(id, options, ({ signal }) => requests.get(id, signal)),
    delete: ({ id }, options = {}) => onJob(id, options, ({ signal }) => requests.delete(id, signal)),
    cancel: ({ id }, options = {}) => onJob(id, options, ({ signal }) => requests.cancel(id, signal)),
    checkResult: ({ id }, options = {}) =>
      onJob(id, options, (scope) => resultOf(id, options, { requests, platform, scope })),
  };
}

/** Waits for a job and downloads its images, as far as the options say. */
export async function resultOf(
  id: string,
  options: ResultOptions,
  { requests, platform, scope }: { requests: Requests; platform: Platform; scope: Scope },
): Promise<Result> {
  const { waitForCompletion = true, downloadOutputs = true, downloadDirectory, onProgress } = options;
  if (!waitForCompletion) {
    return { ...(await requests.get(id, scope.signal)), downloaded_paths: [], files: [] };
  }
  const project = await waitForProject(requests, platform, scope, id, onProgress);
  if (project.status === "error") throw new GenerationFailedError(project);
  if (project.status === "canceled") throw new CanceledError(project);
  if (!downloadOutputs) return { ...project, downloaded_paths: [], files: [] };
  const saved = await saveOutputs(project, {
    platform,
    signal: scope.signal,
    directory: downloadDirectory ?? ".",
  });
  return { ...project, ...saved };
}
