import type { Created, UploadUrls } from "@bluehour/contract";
import { describe, expect, test } from "vitest";
import { sampleImage } from "../images/sample-images.ts";
import { call, ended, errorOf, timelineOf } from "../test-api.ts";

/** Uploads an image. @returns its `file_path` */
async function upload(bytes = sampleImage("png")): Promise<string> {
  const body = JSON.stringify({ items: [{ type: "image", extension: "png" }] });
  const response = await call("/v1/files/upload-urls", { method: "POST", body });
  const [item] = (await response.json<UploadUrls>()).items;
  if (!item) throw new Error("No upload URL");
  const path = item.upload_url.replace("https://bluehour.test", "");
  expect((await call(path, { method: "PUT", body: bytes })).status).toBe(200);
  return item.file_path;
}

function edit(paths: string[], change: object = {}, headers: HeadersInit = {}): Promise<Response> {
  const body = JSON.stringify({
    style: { prompt: "Give me sunglasses" },
    assets: { image_file_paths: paths },
    model: "sketch/default",
    resolution: "640px",
    ...change,
  });
  return call("/v1/ai-image-editor", { method: "POST", body, headers });
}

describe.concurrent("an edit", () => {
  test("by the built-in sketch works from the upload, and takes its shape", async ({ expect }) => {
    const response = await edit([await upload()], { image_count: 2 });
    expect(response.status).toBe(200);
    const { id, credits_charged } = await response.json<Created>();
    expect(response.headers.get("location")).toBe(`/v1/image-projects/${id}`);
    expect(credits_charged).toBe(10);
    const project = await ended(id);
    expect(project).toMatchObject({ status: "complete", type: "AI_IMAGE_EDITOR", image_count: 2 });
    expect(project.name).toMatch(/^Ai Image Editor - /);
    // The sample is 3 × 2 pixels: wider than it is high, and nearer to 16:9 than to a square.
    expect(project.downloads.map(({ width, height }) => [width, height])).toEqual([
      [640, 360],
      [640, 360],
    ]);
    expect((await timelineOf(id)).filter(({ type }) => type === "submitted")).toHaveLength(1);
  });

  test("by Magic Hour goes through its own upload, one image a call", async ({ expect }) => {
    const { id } = await (await edit([await upload()], { model: "default", image_count: 2 })).json<Created>();
    expect(await ended(id)).toMatchObject({ status: "complete", provider: "magic-hour" });
    expect((await timelineOf(id)).filter(({ type }) => type === "submitted")).toHaveLength(2);
  });

  test("is answered once for an idempotency key", async ({ expect }) => {
    const path = await upload();
    const headers = { "Idempotency-Key": "edit-once" };
    const first = await (await edit([path], {}, headers)).json<Created>();
    expect(await (await edit([path], {}, headers)).json()).toEqual(first);
    expect(await errorOf(await edit([path], { image_count: 2 }, headers))).toMatchObject({
      code: "idempotency_mismatch",
    });
  });

  test.each([
    ["a file that was never uploaded", "uploads/default/00000000-0000-4000-8000-000000000000.png"],
    ["a file of another account", "uploads/another/00000000-0000-4000-8000-000000000000.png"],
    ["something else in the bucket", `${"0".repeat(64)}-1.png`],
    ["a path that climbs", "uploads/default/../../etc/passwd"],
  ])("of %s is 404", async (_, path) => {
    expect(await errorOf(await edit([path]))).toMatchObject({ status: 404, code: "not_found" });
  });

  test.each([
    ["no image", [], 400],
    ["eleven images", Array(11).fill("https://example.com/a.png"), 400],
  ])("of %s is %s", async (_, paths, status) => {
    expect((await edit(paths)).status).toBe(status);
  });
});
