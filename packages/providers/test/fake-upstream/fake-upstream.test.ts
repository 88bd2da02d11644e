import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { type FakeUpstream, startFakeUpstream } from "./start-fake-upstream.ts";

const projectSchema = z.object({
  status: z.string(),
  downloads: z.array(z.object({ url: z.string() })),
  error: z.object({ code: z.string() }).nullable(),
});

let upstream: FakeUpstream;
beforeEach(async () => {
  upstream = await startFakeUpstream({ renderMs: 0 });
});
afterEach(() => upstream.close());

const call = (method: string, path: string, body?: unknown, key = upstream.apiKey) =>
  fetch(`${upstream.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const submit = (prompt: string, count = 1) =>
  call("POST", "/v1/ai-image-generator", { image_count: count, style: { prompt } });

async function begin(prompt: string, count = 1): Promise<string> {
  return z.object({ id: z.string() }).parse(await (await submit(prompt, count)).json()).id;
}

async function poll(id: string) {
  return projectSchema.parse(await (await call("GET", `/v1/image-projects/${id}`)).json());
}

/** Paints one image and downloads it. */
async function download(prompt: string): Promise<Response> {
  return fetchFirst(await begin(prompt));
}

async function fetchFirst(id: string): Promise<Response> {
  const [first] = (await poll(id)).downloads;
  return fetch(first?.url ?? expect.fail("no downloads"));
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("its API", () => {
  it("paints different pictures and remembers what it served", async () => {
    const { downloads } = await poll(await begin("two cats", 2));
    const images = await Promise.all(downloads.map(async ({ url }) => (await fetch(url)).bytes()));
    expect(new Set(images.map(sha256)).size).toBe(2);
    expect(upstream.images.map((image) => image.sha256).sort()).toEqual(images.map(sha256).sort());
    expect(upstream.submits).toMatchObject([{ body: { image_count: 2 }, credits: 10, fault: null }]);
  });

  it("knows its key, and refuses it on addresses that are signed", async () => {
    expect((await call("GET", "/v1/image-projects/x", undefined, "wrong")).status).toBe(401);
    expect((await call("GET", "/images/x/0.png")).status).toBe(400);
    expect(upstream.submits).toEqual([]);
  });

  it.each([
    ["no prompt", { image_count: 1, style: {} }],
    ["too many images", { image_count: 17, style: { prompt: "a" } }],
    ["an unknown model", { image_count: 1, style: { prompt: "a" }, model: "sdxl" }],
    ["a marker that means nothing", { image_count: 1, style: { prompt: "[fault:whatever]" } }],
  ])("refuses %s", async (_, body) => {
    expect((await call("POST", "/v1/ai-image-generator", body)).status).toBe(400);
  });

  it("edits only what was uploaded", async () => {
    const edit = (path: string) =>
      call("POST", "/v1/ai-image-editor", {
        style: { prompt: "a hat" },
        assets: { image_file_paths: [path] },
      });
    const asked = await call("POST", "/v1/files/upload-urls", {
      items: [{ type: "image", extension: "png" }],
    });
    const slots = z.object({ items: z.array(z.object({ upload_url: z.string(), file_path: z.string() })) });
    const slot = slots.parse(await asked.json()).items[0] ?? expect.fail("no slot");
    expect((await edit(slot.file_path)).status).toBe(422);
    expect((await fetch(slot.upload_url, { method: "PUT", body: "png" })).status).toBe(200);
    expect((await edit(slot.file_path)).status).toBe(200);
  });

  it("no longer knows what was deleted", async () => {
    const id = await begin("a cat");
    expect((await call("DELETE", `/v1/image-projects/${id}`)).status).toBe(204);
    expect((await call("GET", `/v1/image-projects/${id}`)).status).toBe(404);
  });
});

describe("its faults", () => {
  it("happen as often as a prompt says, counted over repeats of the same prompt", async () => {
    const statuses = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      statuses.push((await submit("a cat [fault:submit-503x2]")).status);
    }
    expect(statuses).toEqual([503, 503, 200]);
    expect(upstream.submits.map((record) => record.credits)).toEqual([0, 0, 5]);
  });

  it("can be scripted from outside the prompt", async () => {
    upstream.script({ type: "status", on: "submit", status: 429, retryAfterSeconds: 3 });
    const throttled = await submit("a cat");
    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "3"]);
    expect((await submit("a cat")).status).toBe(200);
  });

  it("drop the connection before or after the job is paid", async () => {
    await expect(submit("a cat [fault:submit-drop]")).rejects.toThrow();
    await expect(submit("a dog [fault:submit-drop-after]")).rejects.toThrow();
    expect(upstream.submits.map((record) => record.credits)).toEqual([0, 5]);
  });

  it("end jobs with an error, fewer images, or never", async () => {
    expect(await poll(await begin("[fault:error-no_source_face]"))).toMatchObject({
      status: "error",
      error: { code: "no_source_face" },
    });
    expect((await poll(await begin("[fault:fewer-1]", 3))).downloads).toHaveLength(1);
    expect((await poll(await begin("[fault:slow-3600000]"))).status).toBe("queued");
  });

  it("expire addresses until the next poll", async () => {
    const id = await begin("[fault:expired-url]");
    expect((await fetchFirst(id)).status).toBe(403);
    expect((await fetchFirst(id)).status).toBe(200);
  });

  it("break an image off", async () => {
    await expect((await download("[fault:body-short]")).bytes()).rejects.toThrow();
  });

  it("cut an image that looks whole to HTTP", async () => {
    const bytes = await (await download("[fault:body-truncated]")).bytes();
    expect(upstream.images).toMatchObject([{ intact: false }]);
    expect(bytes.length).toBeLessThan(upstream.images[0]?.bytes ?? 0);
  });

  it("serve a page for an image, then the image", async () => {
    const id = await begin("[fault:body-html]");
    expect((await fetchFirst(id)).headers.get("content-type")).toBe("text/html");
    expect((await fetchFirst(id)).headers.get("content-type")).toBe("image/png");
  });

  it("leave out the length", async () => {
    const response = await download("[fault:body-chunked]");
    expect(response.headers.get("content-length")).toBeNull();
    expect(sha256(await response.bytes())).toBe(upstream.images[0]?.sha256);
  });

  it("serve an image of many MiB with its right length and hash", async () => {
    const response = await download("[fault:body-large-3]");
    const bytes = await response.bytes();
    expect(bytes.length).toBe(Number(response.headers.get("content-length")));
    expect(bytes.length).toBeGreaterThan(3 * 1024 * 1024);
    expect(sha256(bytes)).toBe(upstream.images[0]?.sha256);
  });
});

describe("its control over HTTP", () => {
  const control = (path: string, body: unknown) =>
    fetch(`${upstream.url}/__control/${path}`, { method: "POST", body: JSON.stringify(body) });

  it("scripts faults, shows what happened, and forgets it", async () => {
    expect((await control("faults", [{ type: "status", on: "submit", status: 500 }])).status).toBe(204);
    expect((await submit("a cat")).status).toBe(500);
    const log = await fetch(`${upstream.url}/__control/log`);
    expect(await log.json()).toMatchObject({ submits: [{ fault: "status", projectId: null }], images: [] });
    await control("reset", {});
    expect(upstream.submits).toEqual([]);
  });

  it("changes how long jobs take", async () => {
    await control("settings", { renderMs: 3_600_000 });
    expect((await poll(await begin("a cat"))).status).toBe("queued");
  });

  it("refuses a fault it does not know", async () => {
    expect((await control("faults", { type: "sulk" })).status).toBe(400);
  });
});
