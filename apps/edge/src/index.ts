import { ApiError, createApp } from "@bluehour/contract";
import type { Context } from "hono";
import { cors } from "hono/cors";
import packageJson from "../package.json" with { type: "json" };
import type { Bindings } from "./bindings.ts";
import { CALLBACK_PATH, takeCallback } from "./callbacks.ts";
import { createEdgeService } from "./edge-service.ts";
import { serveImage } from "./images/serve-image.ts";
import { describeError, log } from "./log.ts";
import { readSettings } from "./settings.ts";
import { serveUpload } from "./uploads/job-inputs.ts";
import { receiveUpload } from "./uploads/receive-upload.ts";
import { pathOfLink, UPLOAD_ROUTE } from "./uploads/upload-link.ts";

export { AccountObject } from "./accounts/account-object.ts";
export { JobObject } from "./jobs/job-object.ts";
export { WebhookObject } from "./webhooks/webhook-object.ts";

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

// Signed instead of authenticated; a page uploads from wherever it may create.
app.use("/uploads/*", (context, next) =>
  cors({
    origin: readSettings(bindingsOf(context)).corsOrigins,
    allowMethods: ["PUT"],
    exposeHeaders: ["Retry-After", "X-Request-Id"],
    maxAge: 86_400,
  })(context, next),
);

app.put(UPLOAD_ROUTE, async (context) => {
  const path = await uploadPathOf(context, "upload");
  await receiveUpload(context.req.raw, bindingsOf(context).IMAGES, path);
  return context.body(null, 200);
});

app.get(UPLOAD_ROUTE, async (context) => {
  const path = await uploadPathOf(context, "input");
  return (await serveUpload(bindingsOf(context).IMAGES, path)) ?? context.notFound();
});

async function uploadPathOf(context: Context, use: "upload" | "input"): Promise<string> {
  const path = await pathOfLink(readSettings(bindingsOf(context)), use, new URL(context.req.url), Date.now());
  if (path === null) throw new ApiError("unauthorized", "This address was not signed by us, or has expired");
  return path;
}

app.post(CALLBACK_PATH, async (context) => {
  await context.req.raw.body?.cancel();
  const known = await takeCallback(bindingsOf(context), context.req.param());
  return known ? context.body(null, 204) : context.notFound();
});

export default app satisfies ExportedHandler<Bindings>;
