import { env } from "cloudflare:workers";
import { type Diagnostic, type Diagnostics, diagnosticsSchema } from "@bluehour/contract";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import type { Bindings } from "../bindings.ts";
import { readSettings } from "../settings.ts";
import { call, errorOf, openAccount } from "../test-api.ts";
import { checkBucket } from "./check-bucket.ts";
import { checkSettings } from "./check-settings.ts";
import { diagnose } from "./diagnose.ts";

const GOOD = {
  ADMIN_TOKEN: "0123456789abcdef0123456789abcdef",
  SIGNING_SECRET: "fedcba9876543210fedcba9876543210",
};

/** The deployment of the tests, with other settings. */
function deployment(vars: Partial<Record<keyof Bindings, unknown>> = {}, origin = PUBLIC) {
  const { JOBS, ACCOUNTS, WEBHOOKS, IMAGES } = env;
  // Bindings may be wrong, or null: wrangler.toml can take one away, which our types do not foresee.
  const bindings = { JOBS, ACCOUNTS, WEBHOOKS, IMAGES, ...GOOD, ...vars } as Bindings;
  const place = { origin, imagesUrl: `${origin}/images`, now: Date.now };
  return diagnose(bindings, readSettings(bindings), place);
}

const PUBLIC = "https://images.example.com";
const HERE = "http://127.0.0.1:8787";

const not = (status: Diagnostic["status"], { checks }: Diagnostics) =>
  checks.filter((check) => check.status !== status);
const find = (name: string, { checks }: Diagnostics) => checks.find((check) => check.name === name);

test("the operator is told what is wrong, and nobody else is", async () => {
  const response = await call("/v1/admin/diagnostics");
  expect(response.status).toBe(200);
  const found = diagnosticsSchema.parse(await response.json());
  expect(found).toMatchObject({
    version: packageJson.version,
    public_url: null,
    images_url: "https://bluehour.test/images",
  });
  expect(find("ADMIN_TOKEN", found)).toEqual({
    name: "ADMIN_TOKEN",
    status: "fault",
    message: "can be guessed: it is short, or hardly varied",
    fix: "openssl rand -hex 32 | wrangler secret put ADMIN_TOKEN",
  });
  expect(find("ALLOW_PRIVATE_HOSTS", found)?.status).toBe("fault");
  expect(JSON.stringify(found)).not.toMatch(/admin-token|signing-secret|fake-key/);
  const account = await openAccount();
  expect(await errorOf(await account.call("/v1/admin/diagnostics"))).toMatchObject({ status: 403 });
});

test("a sound deployment has nothing but ok", async () => {
  const found = await deployment({
    PUBLIC_URL: PUBLIC,
    CORS_ORIGINS: "https://shop.example",
    MAGIC_HOUR_API_KEY: env.MAGIC_HOUR_API_KEY,
    MAGIC_HOUR_BASE_URL: env.MAGIC_HOUR_BASE_URL,
    DEFAULT_MODEL: "magic-hour/default",
    // The fake provider is on this machine.
    ALLOW_PRIVATE_HOSTS: "true",
  });
  expect(not("ok", found).map(({ name }) => name)).toEqual(["ALLOW_PRIVATE_HOSTS"]);
  expect(found.checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["binding JOBS", "binding ACCOUNTS", "binding WEBHOOKS", "bucket", "providers"]),
  );
  expect(find("provider magic-hour", found)).toMatchObject({ status: "ok", message: "takes the key" });
});

test("what is only for development is only pointed out in development", async () => {
  const vars = { ADMIN_TOKEN: "t", SIGNING_SECRET: "t", ALLOW_PRIVATE_HOSTS: "true" };
  const faults = (found: Diagnostics) =>
    found.checks.filter(({ status }) => status === "fault").map(({ name }) => name);
  expect(faults(await deployment(vars, HERE))).toEqual([]);
  expect(faults(await deployment(vars))).toEqual([
    "ADMIN_TOKEN",
    "SIGNING_SECRET",
    "secrets",
    "ALLOW_PRIVATE_HOSTS",
  ]);
});

test.each<[Partial<Bindings>, string, Diagnostic["status"], string | RegExp]>([
  [{ DEFAULT_MODEL: "fulx" }, "DEFAULT_MODEL", "fault", '"fulx" is no model'],
  [{ DEFAULT_MODEL: "flux-schnell" }, "DEFAULT_MODEL", "fault", /is not available/],
  [{}, "DEFAULT_MODEL", "warning", /is the built-in sketch/],
  [{ MODELS: '{"mine": "nobody/model"}' }, "MODELS", "warning", 'none of the routes of "mine" is available'],
  [{ JOB_DEADLINE_SECONDS: "0.5" }, "JOB_DEADLINE_SECONDS", "warning", /after 0.5 s.*takes 0.8 s/],
  [{}, "PUBLIC_URL", "warning", /is not set/],
  [{ PUBLIC_URL: "http://images.example.com" }, "PUBLIC_URL", "fault", /is not https/],
  [{ PUBLIC_IMAGES_URL: "https://10.0.0.1" }, "PUBLIC_IMAGES_URL", "fault", /is a private host/],
  [{}, "CORS_ORIGINS", "warning", /any page/],
  [{ CORS_ORIGINS: "https://a.example/" }, "CORS_ORIGINS", "fault", '"https://a.example/" matches no page'],
  [{}, "providers", "warning", /only the built-in sketch/],
])("with %j: %s is a %s", async (vars, name, status, message) => {
  const found = find(name, await deployment(vars));
  expect(found).toMatchObject({ status, message: expect.stringMatching(message) });
});

test("what cannot be seen of a jurisdiction is said", () => {
  // workerd knows no jurisdictions, so the settings are looked at by themselves.
  const settings = readSettings({ ...GOOD, JURISDICTION: "eu" } as Bindings);
  expect(checkSettings(settings, [], false)).toContainEqual({
    name: "JURISDICTION",
    status: "ok",
    message:
      "objects are in eu; where the bucket is cannot be seen from inside: wrangler r2 bucket list --jurisdiction eu",
    fix: null,
  });
});

test("a key that is refused, and a provider that is not there, are faults", async () => {
  const vars = { MAGIC_HOUR_BASE_URL: env.MAGIC_HOUR_BASE_URL, ALLOW_PRIVATE_HOSTS: "true" };
  const found = await deployment({
    ...vars,
    MAGIC_HOUR_API_KEY: "stolen",
    COMFYUI_BASE_URL: "http://127.0.0.1:9",
  });
  expect(find("provider magic-hour", found)).toEqual({
    name: "provider magic-hour",
    status: "fault",
    message: "Magic Hour answered 401: Unauthorized",
    fix: "put a key that is good into MAGIC_HOUR_API_KEY: wrangler secret put MAGIC_HOUR_API_KEY",
  });
  expect(find("provider comfyui", found)).toMatchObject({ status: "fault", message: /ComfyUI/ });
});

test("a provider that takes no question is not called", async () => {
  const run = () => Promise.reject(new Error("this would cost"));
  const found = await deployment({ AI: { run } });
  expect(find("provider workers-ai", found)).toMatchObject({ status: "ok", message: /not checked/ });
});

test.each(["JOBS", "ACCOUNTS", "WEBHOOKS", "IMAGES"] as const)(
  "a binding %s that is missing is a fault",
  async (name) => {
    const { checks, probe } = await deployment({ [name]: null }, HERE);
    const [missing, ...others] = checks.filter(({ status }) => status === "fault");
    expect(others).toEqual([]);
    expect(missing?.message).toMatch(/missing/);
    expect(missing?.fix).toContain("wrangler.toml");
    expect(probe === null).toBe(name === "IMAGES");
  },
);

test("the bucket keeps one probe, which the Worker serves as an image, and forgets those of before", async () => {
  const first = (await checkBucket(env.IMAGES, Date.now())).probe;
  const served = await call(`/images/${first?.file}`, { headers: { Authorization: "" } });
  expect(served.headers.get("content-type")).toBe("image/png");
  const digest = await crypto.subtle.digest("SHA-256", await served.arrayBuffer());
  expect(new Uint8Array(digest).toHex()).toBe(first?.sha256);
  const kept = async () => (await env.IMAGES.list({ prefix: "0".repeat(32) })).objects.map(({ key }) => key);
  expect(await kept()).toContain(first?.file);
  const hourLater = await checkBucket(env.IMAGES, Date.now() + 3_600_000);
  expect(await kept()).toEqual([hourLater.probe?.file]);
});

test("a bucket that fails says at what", async () => {
  const put = () => Promise.reject(new Error("put: Unspecified error (0)"));
  const readOnly = new Proxy(env.IMAGES, {
    get: (bucket, name) => (name === "put" ? put : Reflect.get(bucket, name).bind(bucket)),
  });
  const { check, probe } = await checkBucket(readOnly, Date.now());
  expect(check).toMatchObject({
    status: "fault",
    message: "cannot write: Error: put: Unspecified error (0)",
  });
  expect(probe).toBeNull();
});
