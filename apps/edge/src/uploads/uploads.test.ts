import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { UploadUrls } from "@bluehour/contract";
import { describe, expect, test } from "vitest";
import { inPieces, largePng, SAMPLE_FORMATS, sampleImage } from "../images/sample-images.ts";
import { readSettings } from "../settings.ts";
import { call, errorOf } from "../test-api.ts";
import { isUploadOf, pathOfLink, uploadLink } from "./upload-link.ts";

/** Asks for upload URLs. */
async function uploadUrls(...extensions: string[]): Promise<UploadUrls["items"]> {
  const body = JSON.stringify({ items: extensions.map((extension) => ({ type: "image", extension })) });
  const response = await call("/v1/files/upload-urls", { method: "POST", body });
  expect(response.status).toBe(200);
  return (await response.json<UploadUrls>()).items;
}

async function uploadUrl(extension = "png") {
  const [item] = await uploadUrls(extension);
  if (!item) throw new Error("No upload URL");
  return { ...item, path: item.upload_url.replace("https://bluehour.test", "") };
}

/** Uploads without a token, as the signed address allows. */
function put(path: string, body: BodyInit): Promise<Response> {
  return call(path, { method: "PUT", body, headers: { Authorization: "" } });
}

describe("upload URLs", () => {
  test("come in the order asked for, each for a file of its own that nobody can guess", async () => {
    const items = await uploadUrls("png", "jpg", "png");
    expect(items.map(({ file_path }) => file_path.split(".").at(-1))).toEqual(["png", "jpg", "png"]);
    expect(new Set(items.map(({ file_path }) => file_path)).size).toBe(3);
    for (const { file_path, upload_url, expires_at } of items) {
      expect(isUploadOf("default", file_path)).toBe(true);
      expect(isUploadOf("another", file_path)).toBe(false);
      expect(upload_url).toContain(file_path);
      expect(Date.parse(expires_at)).toBeGreaterThan(Date.now());
    }
  });

  test("an extension that does not fit its type is 422, naming those that do", async () => {
    const body = JSON.stringify({ items: [{ type: "image", extension: "mp3" }] });
    expect(await errorOf(await call("/v1/files/upload-urls", { method: "POST", body }))).toMatchObject({
      status: 422,
      message: expect.stringContaining("png, jpg, jpeg"),
    });
  });
});

describe.concurrent("an upload", () => {
  test.each(SAMPLE_FORMATS)(
    "of a %s is stored as what it is, whatever its extension says",
    async (format) => {
      const { path, file_path } = await uploadUrl("gif");
      expect((await put(path, sampleImage(format))).status).toBe(200);
      const object = await env.IMAGES.head(file_path);
      expect(object?.httpMetadata?.contentType).toBe(`image/${format === "jpg" ? "jpeg" : format}`);
      expect(object?.customMetadata).toEqual({ width: "3", height: "2" });
    },
  );

  test("may be repeated, and may stream without telling its length", async ({ expect }) => {
    const { path, file_path } = await uploadUrl();
    expect((await put(path, sampleImage("png"))).status).toBe(200);
    expect((await put(path, inPieces(largePng(7_000_000), 500_000))).status).toBe(200);
    expect((await env.IMAGES.head(file_path))?.size).toBeGreaterThan(7_000_000);
  });

  test.each([
    ["a page", new TextEncoder().encode("<!doctype html><script>1</script>")],
    ["an SVG", new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>")],
    ["nothing", new Uint8Array(0)],
    ["half an image", sampleImage("png").slice(0, 60)],
  ])("of %s is 422, and nothing is stored", async (_, bytes) => {
    const { path, file_path } = await uploadUrl();
    expect(await errorOf(await put(path, bytes))).toMatchObject({ status: 422, code: "unprocessable" });
    expect(await env.IMAGES.head(file_path)).toBeNull();
  });

  test("of more than 25 MiB is 413, told or untold", async ({ expect }) => {
    const { path, file_path } = await uploadUrl();
    const large = largePng(25 * 1024 * 1024 + 1);
    for (const body of [large, inPieces(large, 1_000_000)]) {
      expect(await errorOf(await put(path, body))).toMatchObject({ status: 413, code: "payload_too_large" });
    }
    expect(await env.IMAGES.head(file_path)).toBeNull();
  });

  test("to an address that was changed is 401", async ({ expect }) => {
    const { path } = await uploadUrl();
    const other = await uploadUrl();
    for (const wrong of [
      path.replace("uploads/default", "uploads/another"),
      path.replace(/expires=\d+/, "expires=9999999999"),
      path.replace(/\?.*/, other.path.replace(/.*\?/, "?")),
      path.replace(/signature=.*/, "signature="),
      path.replace(/\?.*/, ""),
    ]) {
      expect(await errorOf(await put(wrong, sampleImage("png")))).toMatchObject({ status: 401 });
    }
  });

  test("is for nobody to read by the address it was uploaded to, nor at /images", async ({ expect }) => {
    const { path, file_path } = await uploadUrl();
    await put(path, sampleImage("png"));
    expect((await call(path)).status).toBe(401);
    expect((await call(`/${file_path}`)).status).toBe(401);
    expect((await call(`/images/${file_path.split("/").at(-1)}`)).status).toBe(404);
  });
});

describe("the address of an input", () => {
  const settings = readSettings(env);
  const link = { origin: "https://bluehour.test", path: "uploads/default/a.png", expiresAt: 60_000 };

  test("gives the file to who holds it, as what it is and to be neither kept nor run", async () => {
    const { path, file_path } = await uploadUrl();
    await put(path, sampleImage("webp"));
    const input = { origin: "", path: file_path, expiresAt: Date.now() + 60_000 };
    const response = await call(await uploadLink(settings, "input", input), {
      headers: { Authorization: "" },
    });
    expect(await response.bytes()).toEqual(sampleImage("webp"));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    });
  });

  test("is good until its moment, and for that use alone", async () => {
    const url = new URL(await uploadLink(settings, "input", link));
    expect(await pathOfLink(settings, "input", url, 60_000)).toBe(link.path);
    expect(await pathOfLink(settings, "input", url, 60_001)).toBeNull();
    expect(await pathOfLink(settings, "upload", url, 0)).toBeNull();
  });

  test("is the same at every call, so that an adapter may keep it", async () => {
    expect(await uploadLink(settings, "input", link)).toBe(await uploadLink(settings, "input", link));
  });
});

describe("seven days after", () => {
  /** Lets the time of all files of the account pass, but for those that are used from now on. */
  const account = env.ACCOUNTS.getByName("default");
  const passWeek = () =>
    runInDurableObject(account, (_, { storage }) => {
      storage.sql.exec("UPDATE uploads SET expires_at = expires_at - 604800000");
    });

  test("an upload that nobody uses is deleted", async () => {
    const { path, file_path } = await uploadUrl();
    await put(path, sampleImage("png"));
    await passWeek();
    await runDurableObjectAlarm(account);
    expect(await env.IMAGES.head(file_path)).toBeNull();
    const left = await runInDurableObject(account, (_, { storage }) =>
      storage.sql.exec("SELECT path FROM uploads WHERE path = ?", file_path).toArray(),
    );
    expect(left).toEqual([]);
  });

  test("one that a job has used since is kept for seven days more", async () => {
    const { path, file_path } = await uploadUrl();
    await put(path, sampleImage("png"));
    await passWeek();
    const body = JSON.stringify({
      style: { prompt: "p" },
      assets: { image_file_paths: [file_path] },
      model: "sketch/default",
      resolution: "640px",
    });
    expect((await call("/v1/ai-image-editor", { method: "POST", body })).status).toBe(200);
    await runDurableObjectAlarm(account);
    expect(await env.IMAGES.head(file_path)).not.toBeNull();
  });
});

test("a page may upload from where it may create", async () => {
  const { path } = await uploadUrl();
  const headers = { Origin: "https://app.test", "Access-Control-Request-Method": "PUT", Authorization: "" };
  const preflight = await call(path, { method: "OPTIONS", headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-methods")).toContain("PUT");
  const answer = await call(path, {
    method: "PUT",
    headers: { Origin: "https://app.test" },
    body: "no image",
  });
  expect(answer.status).toBe(422);
  expect(answer.headers.get("access-control-expose-headers")).toBe("Retry-After,X-Request-Id");
});
