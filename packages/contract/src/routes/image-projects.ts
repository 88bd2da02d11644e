import { Hono } from "hono";
import { allow } from "../allow.ts";
import type { AppEnv } from "../app-env.ts";
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
  .get("/:id/timeline", allow("read"), async (context) => {
    const timeline = await context
      .get("service")
      .getTimeline(context.get("principal"), context.req.param("id"));
    return context.json(timeline, 200);
  });
