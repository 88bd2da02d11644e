import { createApp } from "@bluehour/contract";
import type { Context } from "hono";
import packageJson from "../package.json" with { type: "json" };
import type { Bindings } from "./bindings.ts";
import { createEdgeService } from "./edge-service.ts";
import { serveImage } from "./images/serve-image.ts";
import { describeError, log } from "./log.ts";
import { readSettings } from "./settings.ts";

export { AccountObject } from "./accounts/account-object.ts";
export { JobObject } from "./jobs/job-object.ts";

/** The contract's app knows nothing of Workers; its context carries our bindings all the same. */
const bindingsOf = (context: Context) => context.env as Bindings;

const app = createApp({
  version: packageJson.version,
  service: (context) => createEdgeService(bindingsOf(context), new URL(context.req.url).origin),
  corsOrigins: (context) => readSettings(bindingsOf(context)).corsOrigins,
  onUnexpectedError: (error, context) =>
    log("error", "request failed", {
      request_id: context.get("requestId"),
      path: context.req.path,
      error: describeError(error),
    }),
});

app.get("/images/:file", async (context) => {
  const { IMAGES } = bindingsOf(context);
  return (await serveImage(context.req.raw, IMAGES, context.req.param("file"))) ?? context.notFound();
});

export default app satisfies ExportedHandler<Bindings>;
