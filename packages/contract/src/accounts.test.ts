import { hc } from "hono/client";
import { describe, expect, test } from "vitest";
import { ApiError } from "./api-error.ts";
import type { AppType } from "./app.ts";
import { diagnosticsSchema } from "./diagnostics.ts";
import { ACCOUNT_SCOPES, type Scope } from "./principal.ts";
import { rateLimitHeaders } from "./rate-limit.ts";
import { appWith, CREATED, headers } from "./test-app.ts";

const BODIES: Record<string, unknown> = {
  "/v1/ai-image-generator": { image_count: 1, style: { prompt: "p" } },
  "/v1/ai-image-editor": { style: { prompt: "p" }, assets: { image_file_paths: ["uploads/a.png"] } },
  "/v1/files/upload-urls": { items: [{ type: "image", extension: "png" }] },
  "/v1/webhooks": { url: "https://example.com/hook" },
  "/v1/account/tokens": { scopes: ["read"], expires_in: 60 },
  "/v1/admin/accounts": { name: "n", credits: null },
  "/v1/admin/accounts/:id/credits": { add: 1 },
};

/** Every route below `/v1`, with a body that it takes. */
const routes = [
  ...new Map(
    appWith()
      .app.routes.filter(({ path, method }) => path.startsWith("/v1/") && method !== "ALL")
      .map(({ path, method }) => [`${method} ${path}`, { path, method, body: BODIES[path] }]),
  ).entries(),
];

const send = (
  app: ReturnType<typeof appWith>["app"],
  { path, method, body }: { path: string; method: string; body?: unknown },
  token: string,
) =>
  app.request(path, {
    method,
    headers: { ...headers, Authorization: `Bearer ${token}` },
    ...(method === "POST" ? { body: JSON.stringify(body ?? {}) } : {}),
  });

const SCOPE_OF: Record<string, Scope> = {
  "POST /v1/ai-image-generator": "generate",
  "POST /v1/ai-image-editor": "generate",
  "GET /v1/image-projects": "read",
  "GET /v1/image-projects/:id": "read",
  "GET /v1/image-projects/:id/events": "read",
  "GET /v1/image-projects/:id/timeline": "read",
  "POST /v1/files/upload-urls": "upload",
  "GET /v1/models": "read",
  "DELETE /v1/image-projects/:id": "generate",
  "POST /v1/image-projects/:id/cancel": "generate",
  "POST /v1/webhooks": "account",
  "GET /v1/webhooks": "account",
  "DELETE /v1/webhooks/:id": "account",
  "GET /v1/webhooks/:id/deliveries": "account",
  "POST /v1/webhooks/:id/test": "account",
  "POST /v1/webhooks/:id/deliveries/:deliveryId/redeliver": "account",
  "POST /v1/webhooks/:id/rotate-secret": "account",
  "GET /v1/account": "account",
  "POST /v1/account/tokens": "account",
  "GET /v1/account/tokens": "account",
  "DELETE /v1/account/tokens/:tokenId": "account",
  "GET /v1/admin/diagnostics": "admin",
  "POST /v1/admin/accounts": "admin",
  "POST /v1/admin/accounts/:id/credits": "admin",
  "POST /v1/admin/accounts/:id/tokens": "admin",
  "DELETE /v1/admin/accounts/:id/tokens/:tokenId": "admin",
};

describe.each(routes)("%s", (name, route) => {
  const tokens = {
    nothing: { scopes: [] },
    just_that: { scopes: [SCOPE_OF[name] ?? "admin"] },
    all_but_that: {
      scopes: [...ACCOUNT_SCOPES, "admin" as const].filter((scope) => scope !== SCOPE_OF[name]),
    },
  };

  test("is only for tokens with its scope", async () => {
    const { app, calls } = appWith({}, tokens);
    for (const token of ["nothing", "all_but_that"]) {
      const refused = await send(app, route, token);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ code: "forbidden" });
    }
    expect(calls).toEqual([]);
    expect((await send(app, route, "just_that")).ok).toBe(true);
    expect(calls).toHaveLength(1);
  });

  test("is not for tokens that were revoked", async () => {
    const unauthorized = () => Promise.reject(new ApiError("unauthorized"));
    // A create is told by the admission itself.
    const { app, calls } = appWith(
      { stands: async () => false, createImage: unauthorized, editImage: unauthorized },
      tokens,
    );
    expect((await send(app, route, "just_that")).status).toBe(401);
    expect(calls).toEqual([]);
  });
});

test("a create says where the account stands with its rate limit, and a page's script may read it", async () => {
  const rateLimit = { limit: 120, windowSeconds: 60, remaining: 119, resetSeconds: 1 };
  const { app } = appWith({ createImage: async () => ({ created: CREATED, replayed: false, rateLimit }) });
  const response = await send(
    app,
    { path: "/v1/ai-image-generator", method: "POST", body: BODIES["/v1/ai-image-generator"] },
    "t",
  );
  expect(response.headers.get("ratelimit-policy")).toBe('"create";q=120;w=60');
  expect(response.headers.get("ratelimit")).toBe('"create";r=119;t=1');
  expect(response.headers.get("access-control-expose-headers")).toContain("RateLimit-Policy");
});

test("a refusal carries the same headers, and when to come back", async () => {
  const rate = { limit: 2, windowSeconds: 60, remaining: 0, resetSeconds: 30 };
  const refusal = new ApiError("rate_limited", undefined, {
    headers: { ...rateLimitHeaders(rate), "Retry-After": "30" },
  });
  const { app } = appWith({ createImage: () => Promise.reject(refusal) });
  const path = "/v1/ai-image-generator";
  const response = await send(app, { path, method: "POST", body: BODIES[path] }, "t");
  expect(response.status).toBe(429);
  expect(response.headers.get("retry-after")).toBe("30");
  expect(response.headers.get("ratelimit")).toBe('"create";r=0;t=30');
});

test("a token that may only create does not get to see the job by waiting for it", async () => {
  const { app, calls } = appWith({}, { creator: { scopes: ["generate"] } });
  const path = "/v1/ai-image-generator";
  const response = await app.request(path, {
    method: "POST",
    headers: { ...headers, Authorization: "Bearer creator", Prefer: "wait=1" },
    body: JSON.stringify(BODIES[path]),
  });
  expect(response.headers.has("preference-applied")).toBe(false);
  expect(await response.json()).toEqual(CREATED);
  expect(calls).toHaveLength(1);
});

test.each([
  ["?limit=0", "limit"],
  ["?limit=101", "limit"],
  ["?limit=ten", "limit"],
  ["?status=done", "status"],
  [`?cursor=${"c".repeat(201)}`, "cursor"],
])("a list asked for with %s is 400, naming the parameter", async (query, path) => {
  const response = await appWith().app.request(`/v1/image-projects${query}`, { headers });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { issues: { path: string }[] }).issues[0]?.path).toBe(path);
});

test.each<[object, string]>([
  [{ scopes: [] }, "scopes"],
  [{ scopes: ["account"] }, "scopes.0"],
  [{ expires_in: 86_401 }, "expires_in"],
  [{ expires_in: 0 }, "expires_in"],
  [{ max_credits: -1 }, "max_credits"],
  [{ origin: "https://shop.example/" }, "origin"],
  [{ origin: "shop.example" }, "origin"],
  [{ origin: "*" }, "origin"],
])("a browser token with %j is 400, naming the field", async (change, path) => {
  const body = JSON.stringify({ scopes: ["read"], expires_in: 60, ...change });
  const response = await appWith().app.request("/v1/account/tokens", { method: "POST", headers, body });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { issues: { path: string }[] }).issues[0]?.path).toBe(path);
});

test("answers that hold a token are not to be stored on the way", async () => {
  const { app } = appWith();
  for (const path of ["/v1/account/tokens", "/v1/admin/accounts", "/v1/admin/accounts/:id/tokens"]) {
    const response = await send(app, { path, method: "POST", body: BODIES[path] }, "t");
    expect(response.headers.get("cache-control")).toBe("no-store");
  }
});

test("the typed client reaches the account, its tokens and the operator's routes", async () => {
  const { app } = appWith();
  const { v1 } = hc<AppType>("http://bluehour.test", { headers, fetch: app.request.bind(app) });
  const account = await v1.account.$get();
  expect(account.ok && (await account.json()).credits.charged).toBe(5);
  const issued = await v1.account.tokens.$post({
    json: { scopes: ["generate"], expires_in: 60, max_credits: 10, origin: "https://shop.example" },
  });
  expect(issued.ok && (await issued.json()).token).toBe("secret");
  expect((await v1.account.tokens.$get({ query: { limit: "5" } })).status).toBe(200);
  expect((await v1.account.tokens[":tokenId"].$delete({ param: { tokenId: "b" } })).status).toBe(204);
  const page = await v1["image-projects"].$get({ query: { status: "complete", limit: "5" } });
  expect(page.ok && (await page.json()).next_cursor).toBe("next");
  const opened = await v1.admin.accounts.$post({ json: { name: "n", credits: 100 } });
  const id = opened.ok ? (await opened.json()).id : "";
  const admin = v1.admin.accounts[":id"];
  expect((await admin.credits.$post({ param: { id }, json: { add: 5 } })).status).toBe(200);
  expect((await admin.tokens.$post({ param: { id } })).status).toBe(200);
  expect((await admin.tokens[":tokenId"].$delete({ param: { id, tokenId: "b" } })).status).toBe(204);
});

test("what a deployment finds wrong with itself is kept by nobody on the way", async () => {
  const response = await appWith().app.request("/v1/admin/diagnostics", { headers });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(diagnosticsSchema.parse(await response.json()).checks).toEqual([
    { name: "bucket", status: "ok", message: "works", fix: null },
  ]);
});
