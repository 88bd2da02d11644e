import {
  ApiError,
  type Principal,
  type Project,
  type ProjectPage,
  type ProjectQuery,
} from "@bluehour/contract";
import type { JobSummary } from "@bluehour/core";
import type { AccountObject } from "./accounts/account-object.ts";
import { readCursor, toCursor } from "./list-cursor.ts";

interface Sources {
  readonly index: DurableObjectStub<AccountObject>;
  /** Asks a job. @throws ApiError `not_found` */
  readonly read: (id: string) => Promise<JobSummary>;
  readonly project: (job: JobSummary) => Project;
}

/**
 * A page of an account's jobs. The account's index holds how each settled job ended, so those cost no further call;
 * jobs that still run are asked, at most a page of them, since nobody else knows whether they are queued or rendering.
 * A filter is applied to their answer, which is why a page can hold fewer jobs than asked for.
 */
export async function listProjects(
  principal: Principal,
  { limit, cursor, status }: ProjectQuery,
  { index, read, project }: Sources,
): Promise<ProjectPage> {
  const { jobs, next } = await index.list(principal, {
    limit,
    after: cursor === undefined ? null : readCursor(cursor),
    status: status ?? null,
  });
  const summaries = await Promise.all(jobs.map((job) => job.summary ?? readIfThere(read, job.id)));
  const items = summaries
    .filter((job) => job !== null)
    .map(project)
    .filter((item) => status === undefined || item.status === status);
  return { items, next_cursor: next && toCursor(next) };
}

/** A job may be deleted between the index and the question. */
async function readIfThere(read: Sources["read"], id: string): Promise<JobSummary | null> {
  try {
    return await read(id);
  } catch (error) {
    if (error instanceof ApiError && error.code === "not_found") return null;
    throw error;
  }
}
