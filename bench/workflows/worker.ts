// The same service on Cloudflare Workflows: what a user of Hono and Workflows would write, without accounts, ledger or
// idempotency keys.
import { zValidator } from "@hono/zod-validator";
import { Hono } from "hono";
import * as z from "zod";
import type { Bindings } from "./image-workflow.ts";

export { ImageWorkflow } from "./image-workflow.ts";

const requestSchema = z.object({
  image_count: z.int().min(1).max(4),
  style: z.object({ prompt: z.string().min(1).max(15_000) }),
});

const app = new Hono<{ Bindings: Bindings }>();

app.post("/jobs", zValidator("json", requestSchema), async (context) => {
  const { id } = await context.env.WORKFLOW.create({ params: context.req.valid("json") });
  return context.json({ id });
});

app.get("/jobs/:id", async (context) => {
  const instance = await context.env.WORKFLOW.get(context.req.param("id"));
  const { status, output, error } = await instance.status();
  return context.json({ status, output, error });
});

app.get("/images/:key", async (context) => {
  const object = await context.env.IMAGES.get(context.req.param("key"));
  if (!object) return context.notFound();
  return context.body(object.body, 200, {
    "Content-Type": object.httpMetadata?.contentType ?? "application/octet-stream",
    "Cache-Control": "public, max-age=31536000, immutable",
    ETag: object.httpEtag,
  });
});

export default app;
