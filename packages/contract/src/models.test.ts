import { hc } from "hono/client";
import { expect, test } from "vitest";
import type { AppType } from "./app.ts";
import { modelListSchema } from "./models.ts";
import { appWith, headers, MODEL } from "./test-app.ts";

test("the catalogue is a list of models, as its schema says", async () => {
  const { app, calls } = appWith();
  const response = await app.request("/v1/models", { headers });
  expect(response.status).toBe(200);
  expect(modelListSchema.parse(await response.json())).toEqual({ items: [MODEL] });
  expect(calls).toHaveLength(1);
});

test("only a GET reads it", async () => {
  const response = await appWith().app.request("/v1/models", { method: "POST", headers, body: "{}" });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toContain("GET");
});

test("the typed client reads it", async () => {
  const { app } = appWith();
  const { v1 } = hc<AppType>("http://bluehour.test", { headers, fetch: app.request.bind(app) });
  const response = await v1.models.$get();
  expect(response.ok && (await response.json()).items[0]?.credits_per_image).toBe(5);
});
