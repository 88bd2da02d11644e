import { env } from "cloudflare:workers";
import { imageEditorRequestSchema } from "@bluehour/contract";
import { expect, test } from "vitest";
import { askedToEdit } from "./asked-image.ts";
import { sampleImage } from "./images/sample-images.ts";
import { newUploadPath } from "./uploads/upload-link.ts";

const source = { accountId: "default", bucket: env.IMAGES, allowPrivateHosts: false };
const ask = (path: string, change: object = {}) =>
  askedToEdit(
    imageEditorRequestSchema.parse({
      style: { prompt: "p" },
      assets: { image_file_paths: [path] },
      ...change,
    }),
    source,
  );

/** A file as an upload leaves it behind. */
async function uploaded(width: number, height: number): Promise<string> {
  const path = newUploadPath("default", "png");
  const customMetadata = { width: `${width}`, height: `${height}` };
  await env.IMAGES.put(path, sampleImage("png"), { customMetadata });
  return path;
}

test.each([
  ["https://example.com/cat.png", "https://example.com/cat.png"],
  ["HTTPS://Example.com/a b.png", "https://example.com/a%20b.png"],
])("an input at %s is fetched from there", async (address, url) => {
  expect((await ask(address)).image.inputs).toEqual([{ url }]);
});

test.each([
  "http://example.com/cat.png",
  "https://localhost/cat.png",
  "https://127.0.0.1/cat.png",
  "https://[::1]/cat.png",
  "https://10.0.0.1/cat.png",
  "https://169.254.169.254/latest/meta-data",
  "https://user:password@example.com/cat.png",
])("an input at %s is refused, before anything is charged", async (address) => {
  await expect(ask(address)).rejects.toMatchObject({ code: "unprocessable" });
});

test.each([
  [100, 100, "1:1"],
  [1920, 1080, "16:9"],
  [1080, 1920, "9:16"],
  [1024, 768, "16:9"],
  [768, 1024, "9:16"],
  [1000, 900, "1:1"],
])("an upload of %s × %s pixels is edited at %s", async (width, height, aspectRatio) => {
  expect((await ask(await uploaded(width, height))).image.aspectRatio).toBe(aspectRatio);
});

test("an aspect ratio that is asked for wins over that of the input", async () => {
  const path = await uploaded(1920, 1080);
  expect((await ask(path, { aspect_ratio: "9:16" })).image.aspectRatio).toBe("9:16");
});
