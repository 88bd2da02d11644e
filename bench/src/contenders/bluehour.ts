import { randomUUID } from "node:crypto";
import * as z from "zod";
import { startBluehour } from "../local-worker.ts";
import { type Contender, PROMPT } from "./contender.ts";
import type { Upstream } from "./upstream.ts";

const openedSchema = z.object({ token: z.string() });
const createdSchema = z.object({ id: z.string() });
const projectSchema = z.object({
  status: z.enum(["queued", "rendering", "complete"]),
  downloads: z.array(z.object({ url: z.string() })),
});

const REQUEST = JSON.stringify({ image_count: 1, style: { prompt: PROMPT } });

/** The real Worker, as it is deployed, with an account that pays and a key for every create. */
export async function startBluehourContender(
  { url, apiKey }: Upstream,
  vars: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const worker = await startBluehour({
    vars: {
      DEFAULT_MODEL: "magic-hour/flux-schnell",
      MAGIC_HOUR_API_KEY: apiKey,
      MAGIC_HOUR_BASE_URL: url,
      ...vars,
    },
  });
  const opened = await fetch(`${worker.url}/v1/admin/accounts`, {
    method: "POST",
    headers: { Authorization: `Bearer ${worker.token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "bench", credits: 1_000_000_000 }),
  });
  const { token } = openedSchema.parse(await opened.json());
  const authorization = `Bearer ${token}`;
  return {
    name: "Bluehour",
    url: worker.url,
    create: () => ({
      method: "POST",
      path: "/v1/ai-image-generator",
      headers: { authorization, "content-type": "application/json", "idempotency-key": randomUUID() },
      body: REQUEST,
    }),
    idOf: (answer) => createdSchema.parse(answer).id,
    status: (id) => ({ method: "GET", path: `/v1/image-projects/${id}`, headers: { authorization } }),
    imageOf(answer) {
      const { status, downloads } = projectSchema.parse(answer);
      return status === "complete" ? (downloads[0]?.url ?? null) : null;
    },
    cpuMs: () => worker.process.cpuMs,
    stop: () => worker.stop(),
  };
}
