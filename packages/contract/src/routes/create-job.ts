import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { idempotencyKeyOf } from "../idempotency-key.ts";
import { preferredWaitSeconds } from "../prefer.ts";
import { rateLimitHeaders } from "../rate-limit.ts";
import type { CreateOptions, JobCreated } from "../service.ts";

/**
 * Creates a job and answers it, once it is durable; with `Prefer: wait` once it has ended or the time is up.
 *
 * @throws ApiError `invalid_request` for an `Idempotency-Key` that is empty or too long
 */
export async function createJob(
  context: Context<AppEnv>,
  create: (options: CreateOptions) => Promise<JobCreated>,
) {
  const principal = context.get("principal");
  const { created, replayed, rateLimit } = await create({
    idempotencyKey: idempotencyKeyOf(context),
    requestId: context.get("requestId"),
  });
  context.header("Location", `/v1/image-projects/${created.id}`);
  if (replayed) context.header("Idempotent-Replayed", "true");
  if (rateLimit) {
    for (const [name, value] of Object.entries(rateLimitHeaders(rateLimit))) context.header(name, value);
  }

  const seconds = preferredWaitSeconds(context.req.header("prefer"));
  // A preference may be ignored, and one to see the job is not for a token that may only create.
  if (seconds === null || !principal.scopes.includes("read")) return context.json(created, 200);
  context.header("Preference-Applied", `wait=${seconds}`);
  const project = await context.get("service").getProject(principal, created.id, seconds * 1000);
  return context.json({ ...created, project }, 200);
}
