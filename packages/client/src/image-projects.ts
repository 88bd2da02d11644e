import type { Project, ProjectPage, ProjectStatus } from "@bluehour/contract";
import { call, DELETION } from "./call.ts";
import { CanceledError, GenerationFailedError } from "./errors.ts";
import { followProject, type Wait } from "./follow-project.ts";
import { inQuery, type PageRequest } from "./page-request.ts";
import type { Platform } from "./platform.ts";
import type { Requests } from "./requests.ts";
import type { RpcClient } from "./rpc.ts";
import { type SavedOutputs, saveOutputs } from "./save-outputs.ts";
import { inScope, openScope, type ScopeOptions } from "./scope.ts";

/** Told of the job whenever it has changed. */
export type OnProgress = (project: Project) => void;

/** How to follow a job. */
export interface EventOptions extends ScopeOptions {
  /** How to learn of changes. Default `"events"`: the server pushes them. */
  readonly wait?: Wait | undefined;
}

/** How to wait for a job, and what to do with its images. */
export interface ResultOptions extends EventOptions {
  /**
   * Wait until the job is terminal; if false, answer the job as it is now, download nothing, and tell `onProgress`
   * nothing. Default true.
   */
  readonly waitForCompletion?: boolean | undefined;
  /** Download the images of a complete job. Default true. */
  readonly downloadOutputs?: boolean | undefined;
  /**
   * Node: where the files go, created if missing. Default: the working directory. What a killed process was receiving
   * stays there in hidden files that end in `.part`, which nothing uses again.
   */
  readonly downloadDirectory?: string | undefined;
  /** Told of the job at once, and whenever it has changed. What it throws ends the call, not the job. */
  readonly onProgress?: OnProgress | undefined;
}

/** Which jobs to list. */
export interface ListRequest extends PageRequest {
  /** Only those that are so now. */
  readonly status?: ProjectStatus | undefined;
}

/** A job, and what was downloaded of it. */
export type Result = Project & SavedOutputs;

/** `/v1/image-projects`: list jobs, look at one, follow it, wait for it, cancel it, delete it. */
export interface ImageProjects {
  /**
   * One page of jobs, newest first; a browser token's are those it created.
   *
   * @throws ValidationError for a `limit` out of range, or a `cursor` that is none
   */
  list(request?: ListRequest, options?: ScopeOptions): Promise<ProjectPage>;
  /**
   * All jobs, newest first, as many pages as it takes; `limit` and `timeoutMs` are for each page.
   *
   * @throws ValidationError, as `list`
   * @example
   * for await (const { id, error } of bluehour.v1.imageProjects.listAll({ status: "error" })) console.log(id, error);
   */
  listAll(request?: ListRequest, options?: ScopeOptions): AsyncIterable<Project>;
  /** The job as it is now. @throws NotFoundError */
  get(request: { id: string }, options?: ScopeOptions): Promise<Project>;
  /** Cancels the job if it still runs, and removes it and its images. @throws NotFoundError */
  delete(request: { id: string }, options?: ScopeOptions): Promise<void>;
  /** Stops a job that still runs; its credits are refunded. @throws ConflictError if it has ended, NotFoundError */
  cancel(request: { id: string }, options?: ScopeOptions): Promise<Project>;
  /**
   * The job as it is now, and after each change, until it is terminal. Leaving the loop leaves the job alone.
   *
   * @throws NotFoundError
   * @example
   * for await (const { status, progress } of bluehour.v1.imageProjects.events({ id })) console.log(status, progress);
   */
  events(request: { id: string }, options?: EventOptions): AsyncIterable<Project>;
  /**
   * Picks up a job that was created before: waits for it and downloads its images, as `generate` does. Ending
   * it by `signal` leaves the job alone.
   *
   * @throws NotFoundError, GenerationFailedError, CanceledError, DownloadError
   * @example
   * const { downloaded_paths } = await bluehour.v1.imageProjects.checkResult({ id }, { downloadDirectory: "outputs" });
   */
  checkResult(request: { id: string }, options?: ResultOptions): Promise<Result>;
}

export function imageProjects(rpc: RpcClient, requests: Requests, platform: Platform): ImageProjects {
  const all = rpc.v1["image-projects"];
  const one = all[":id"];
  const list: ImageProjects["list"] = (request = {}, options) =>
    call(options, (at) => all.$get({ query: inQuery(request) }, at));
  return {
    list,
    async *listAll({ cursor = "", ...request } = {}, options) {
      for (let next: string | null = cursor; next !== null; ) {
        const page: ProjectPage = await list({ ...request, cursor: next || undefined }, options);
        yield* page.items;
        next = page.next_cursor;
      }
    },
    get: (param, options) => call(options, (at) => one.$get({ param }, at), {}, param.id),
    delete: (param, options) => call(options, (at) => one.$delete({ param }, at), DELETION, param.id),
    cancel: ({ id }, options) => inScope(options, ({ signal }) => requests.cancel(id, signal), id),
    checkResult: ({ id }, options = {}) =>
      inScope(options, ({ signal }) => resultOf(requests, platform, id, signal, options), id),
    async *events({ id }, options = {}) {
      const scope = openScope(options, id);
      try {
        scope.signal.throwIfAborted();
        yield* followProject(requests, id, scope.signal, options.wait);
      } catch (error) {
        throw scope.explain(error);
      } finally {
        scope.close();
      }
    },
  };
}

/** Waits for a job and downloads its images, as far as the options say. */
export async function resultOf(
  requests: Requests,
  platform: Platform,
  id: string,
  signal: AbortSignal,
  options: ResultOptions,
): Promise<Result> {
  const {
    waitForCompletion = true,
    downloadOutputs = true,
    downloadDirectory = ".",
    onProgress,
    wait,
  } = options;
  const nothing: SavedOutputs = { downloaded_paths: [], files: [] };
  if (!waitForCompletion) return { ...(await requests.get(id, signal)), ...nothing };

  for await (const project of followProject(requests, id, signal, wait, !!onProgress)) {
    onProgress?.(project);
    if (project.status === "error") throw new GenerationFailedError(project);
    if (project.status === "canceled") throw new CanceledError(project);
    if (project.status === "complete") {
      return {
        ...project,
        ...(downloadOutputs ? await saveOutputs(project, platform, signal, downloadDirectory) : nothing),
      };
    }
  }
  // A job is followed until it is one of these, or an error is thrown.
  throw new Error("unreachable");
}
