import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Bindings } from "./bindings.ts";
import worker from "./index.ts";
import { readSettings } from "./settings.ts";

const required = { ADMIN_TOKEN: "a", SIGNING_SECRET: "s" };
const read = (vars: Partial<Bindings>) => readSettings({ ...vars } as Bindings);

test("everything but the two secrets has a default", () => {
  expect(read(required)).toMatchObject({
    defaultModel: "sketch/default",
    models: {},
    jobDeadlineMs: 600_000,
    unknownSubmission: "resubmit",
    retentionMs: 30 * 86_400_000,
    corsOrigins: "*",
    sketchRenderMs: 800,
    allowPrivateHosts: false,
  });
});

test("text is read as what it means", () => {
  const settings = read({
    ...required,
    MODELS: '{"house": ["fal/fal-ai/flux", "sketch/default"], "one": "sketch/default"}',
    CORS_ORIGINS: "https://a.example, https://b.example",
    MAGIC_HOUR_BASE_URL: "http://127.0.0.1:9/",
    JOB_DEADLINE_SECONDS: "5",
    PUBLIC_URL: "",
  });
  expect(settings.models).toEqual({ house: ["fal/fal-ai/flux", "sketch/default"], one: ["sketch/default"] });
  expect(settings.corsOrigins).toEqual(["https://a.example", "https://b.example"]);
  expect(settings.providers["magic-hour"].baseUrl).toBe("http://127.0.0.1:9");
  expect(settings.jobDeadlineMs).toBe(5_000);
  expect(settings.publicUrl).toBeUndefined();
});

test.each([
  [{}, "ADMIN_TOKEN and SIGNING_SECRET are not set"],
  [{ ADMIN_TOKEN: "a" }, "SIGNING_SECRET is not set"],
  [{ ...required, MODELS: "{" }, "MODELS: must be JSON"],
  [{ ...required, MODELS: '{"a": ["b"]}' }, "provider/model"],
  [{ ...required, UNKNOWN_SUBMISSION: "maybe" }, "UNKNOWN_SUBMISSION"],
  [{ ...required, JOB_DEADLINE_SECONDS: "soon" }, "JOB_DEADLINE_SECONDS"],
  [{ ...required, PUBLIC_URL: "ftp://x" }, "PUBLIC_URL"],
  [{ ...required, REPLICATE_BASE_URL: "replicate" }, "REPLICATE_BASE_URL"],
  [{ ...required, COMFYUI_WORKFLOWS: '{"mine": 1}' }, "COMFYUI_WORKFLOWS"],
])("%j is refused, naming the var", (vars, message) => {
  expect(() => read(vars)).toThrow(message);
});

test("until both secrets are set every path answers 503 and says which is missing", async () => {
  const { ADMIN_TOKEN: _, ...without } = env;
  for (const path of ["/healthz", "/v1/image-projects/x", "/"]) {
    const response = await worker.fetch(new Request(`https://bluehour.test${path}`), without);
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("30");
    expect(await response.json()).toMatchObject({
      code: "not_configured",
      message: expect.stringContaining("ADMIN_TOKEN"),
    });
  }
});
