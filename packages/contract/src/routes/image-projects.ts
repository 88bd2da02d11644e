import { Hono } from "hono";
import { allow } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
import { EVENT_STREAM_HEADERS, eventStream } from "../event-stream.ts";
import { preferredWaitSeconds } from "../prefer.ts";
import { projectQuerySchema } from "../project.ts";
import { query } from "../query.ts";

/** `/v1/image-projects`: list jobs, look at one, follow it, cancel it, delete it. */
export const imageProjectRoutes = new Hono<AppEnv>()
  .get("/", allow("read"), query(projectQuerySchema), async (context) => {
    const page = await context
      .get("service")
      .listProjects(context.get("principal"), context.req.valid("query"));
    return context.json(page, 200);
  })
  .get("/:id", allow("read"), async (context) => {
    const seconds = preferredWaitSeconds(context.req.header("prefer"));
    if (seconds !== null) context.header("Preference-Applied", `wait=${seconds}`);
    const project = await context
      .get("service")
      .getProject(context.get("principal"), context.req.param("id"), (seconds ?? 0) * 1000);
    return context.json(project, 200);
  })
  .delete("/:id", allow("generate"), async (context) => {
    await context.get("service").deleteProject(context.get("principal"), context.req.param("id"));
    return context.body(null, 204);
  })
  .post("/:id/cancel", allow("generate"), async (context) => {
    const project = await context
      .get("service")
      .cancelProject(context.get("principal"), context.req.param("id"));
    return context.json(project, 200);
  })
  .get("/:id/events", allow("read"), async (context) => {
    const [service, principal] = [context.get("service"), context.get("principal")];
    const id = context.req.param("id");
    if (context.req.method === "HEAD") {
      await service.getProject(principal, id, 0);
      return context.body(null, 200, EVENT_STREAM_HEADERS);
    }
    const watching = new AbortController();
    const lastEventId = context.req.header("last-event-id");
    const events = await service.watchProject(principal, id, { lastEventId, signal: watching.signal });
    // What tells an EventSource not to come back.
    if (!events) return context.body(null, 204);
    const mayWatch = () => service.stands(principal);
    return context.body(eventStream(events, watching, mayWatch), 200, EVENT_STREAM_HEADERS);
  })
  .get("/:id/timeline", allow("read"), async (context) => {
    const timeline = await context
      .get("service")
      .getTimeline(context.get("principal"), context.req.param("id"));
    return context.json(timeline, 200);
  });
