// Runs in Node and in Chromium, against the real Worker and its built-in painter.
import { createClient, type UploadProgress } from "@bluehour/client";
import { expect, inject, test, vi } from "vitest";

const { url: baseUrl, token } = inject("worker");
const { v1 } = createClient({ baseUrl, token });
const options = { downloadDirectory: inject("directory") };

/** A path in Node, a `File` in Chromium. */
async function painted(): Promise<string | File> {
  const request = {
    image_count: 1,
    aspect_ratio: "16:9",
    resolution: "640px",
    style: { prompt: "A cat" },
  } as const;
  const { downloaded_paths, files } = await v1.aiImageGenerator.generate(request, options);
  const [image] = [...downloaded_paths, ...files];
  if (!image) throw new Error("Nothing was painted");
  return image;
}

const edit = (...image_file_paths: (string | File)[]) => ({
  model: "sketch/default",
  resolution: "640px" as const,
  style: { prompt: "Give it sunglasses" },
  assets: { image_file_paths },
});

// Three jobs, which paint.
vi.setConfig({ testTimeout: 60_000 });

test("what was painted is edited, and keeps its shape", async () => {
  const result = await v1.aiImageEditor.generate(edit(await painted()), options);
  expect(result).toMatchObject({ type: "AI_IMAGE_EDITOR", status: "complete" });
  expect(result.downloads.map(({ width, height }) => [width, height])).toEqual([[640, 360]]);
  expect(result.downloaded_paths.length + result.files.length).toBe(1);
  const { items } = await v1.imageProjects.list({ limit: 1 });
  expect(items.map(({ id }) => id)).toEqual([result.id]);
});

test("it is uploaded once, and edited as often as one likes", async () => {
  const told: UploadProgress[] = [];
  const file_path = await v1.files.uploadFile(await painted(), {
    onProgress: (progress) => told.push(progress),
  });
  expect(told.at(-1)?.fraction).toBe(1);
  const jobs = [1, 2].map(() =>
    v1.aiImageEditor.generate(edit(file_path), { ...options, downloadOutputs: false }),
  );
  for (const { status } of await Promise.all(jobs)) expect(status).toBe("complete");
});

test("a front end's token may upload and edit, and sees nothing else", async () => {
  const issued = await v1.account.tokens.create({ scopes: ["generate", "read", "upload"], expires_in: 60 });
  const visitor = createClient({ baseUrl, token: issued.token }).v1;
  const { id } = await visitor.aiImageEditor.generate(edit(await painted()), options);
  const seen: string[] = [];
  for await (const project of visitor.imageProjects.listAll({ limit: 1 })) seen.push(project.id);
  expect(seen).toEqual([id]);
  await expect(visitor.account.get()).rejects.toMatchObject({ status: 403 });
  await v1.account.tokens.revoke({ id: issued.id });
  await expect(visitor.aiImageEditor.create(edit("https://example.com/cat.png"))).rejects.toMatchObject({
    name: "AuthenticationError",
  });
});

test("a receiver of events is added, tried, and removed", async () => {
  const { id, secret } = await v1.webhooks.create({
    url: "https://hooks.invalid/",
    events: ["image.completed"],
  });
  expect(secret).toMatch(/^whsec_/);
  expect((await v1.webhooks.rotateSecret({ id })).secret).not.toBe(secret);
  await v1.webhooks.test({ id });
  const { items } = await v1.webhooks.deliveries({ id });
  expect(items.map(({ type, job_id }) => [type, job_id])).toEqual([["webhook.test", null]]);
  await v1.webhooks.redeliver({ id, delivery_id: items[0]?.id ?? "" });
  await v1.webhooks.delete({ id });
  expect((await v1.webhooks.list()).items).toEqual([]);
});
