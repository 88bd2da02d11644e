// The same service with BullMQ, as its guides have it: one process that takes requests and works on the queue. It has
// no accounts, credits, rate limit, idempotency keys or checks of what it stores, and stores on its own disk.
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { zValidator } from "@hono/zod-validator";
import { Queue, Worker } from "bullmq";
import { Hono } from "hono";
import * as z from "zod";
import { type Order, Painter } from "./painter.ts";

const { values } = parseArgs({
  options: {
    redis: { type: "string", default: "" },
    upstream: { type: "string", default: "" },
    key: { type: "string", default: "" },
    images: { type: "string", default: "" },
    "render-ms": { type: "string", default: "" },
  },
});

/** Jobs that wait for their provider cost little, so that many can be worked on at once. */
const CONCURRENCY = 1_000;

const requestSchema = z.object({
  image_count: z.int().min(1).max(4),
  style: z.object({ prompt: z.string().min(1).max(15_000) }),
});

await mkdir(values.images, { recursive: true });
const connection = { url: values.redis, maxRetriesPerRequest: null };
const queue = new Queue<Order>("images", { connection });
const painter = new Painter({ ...values, renderMs: Number(values["render-ms"]) });
const worker = new Worker<Order, string[]>("images", (job) => painter.paint(job), {
  connection,
  concurrency: CONCURRENCY,
});

const app = new Hono();

app.post("/jobs", zValidator("json", requestSchema), async (context) => {
  const { id } = await queue.add("paint", context.req.valid("json"), { attempts: 3 });
  return context.json({ id });
});

app.get("/jobs/:id", async (context) => {
  const job = await queue.getJob(context.req.param("id"));
  if (!job) return context.notFound();
  return context.json({ status: await job.getState(), images: job.returnvalue, error: job.failedReason });
});

app.use(
  "/images/*",
  serveStatic({ root: values.images, rewriteRequestPath: (path) => path.replace(/^\/images/, "") }),
);

const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
  // One line, so that whoever started the process knows when and where.
  console.log(`http://127.0.0.1:${port}`);
});
await once(process, "SIGTERM");
server.close();
await worker.close(true);
await queue.close();
process.exit();
