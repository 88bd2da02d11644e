// The same file runs in Node, in workerd and in Chromium, against one server over real HTTP.
import {
  AuthenticationError,
  CanceledError,
  createClient,
  GenerationFailedError,
  isTerminal,
  type Project,
  type UploadOptions,
  type UploadProgress,
  type UploadSource,
  ValidationError,
} from "@bluehour/client";
import { verifyWebhook } from "@bluehour/client/webhooks";
import { describe, expect, inject, test } from "vitest";

const { url: baseUrl, token } = inject("bluehour");
const { v1, rpc } = createClient({ baseUrl, token });
const { generate, create, resume } = v1.aiImageGenerator;
const request = (prompt: string) => ({ image_count: 2, style: { prompt } });
const options = { downloadDirectory: inject("directory") };
/** Large enough to go out in several pieces. */
const PICTURE = new Uint8Array(1_000_000).fill(7);
const inNode = navigator.userAgent.startsWith("Node.js");

test("from a prompt to checked images, with every change told", async () => {
  const told: Project[] = [];
  const result = await generate(request("a"), { ...options, onProgress: (project) => told.push(project) });
  const changes = told.map(({ status, progress }) => [status, progress]);
  expect(changes.slice(-4)).toEqual([
    ["rendering", 0.25],
    ["rendering", 0.5],
    ["rendering", 0.75],
    ["complete", 0.75],
  ]);
  const names = [
    ...result.downloaded_paths.map((path) => path.split(/[\\/]/).at(-1)),
    ...result.files.map(({ name }) => name),
  ];
  expect(names).toEqual([`${result.id}-0.png`, `${result.id}-1.png`]);
  for (const file of result.files) expect([file.type, file.size]).toEqual(["image/png", 400_000]);
});

test.each(["events", "long-poll", { pollIntervalMs: 20 }] as const)("waiting by %o", async (wait) => {
  const result = await generate(request("b"), { ...options, wait, downloadOutputs: false });
  expect(result.status).toBe("complete");
});

test("events that are cut go on where they were", async () => {
  const told: (number | null)[] = [];
  const { status } = await generate(request("cut"), {
    downloadOutputs: false,
    onProgress: ({ progress }) => told.push(progress),
  });
  expect(status).toBe("complete");
  expect(told).toEqual(told.toSorted());
});

/** Like a service binding of a Worker: its `fetch` needs its `this`. */
class Binding {
  #requests = 0;
  fetch(input: RequestInfo | URL, init?: RequestInit) {
    this.#requests += 1;
    return globalThis.fetch(input, init);
  }
  get requests() {
    return this.#requests;
  }
}

test("a service binding stands in for fetch", async () => {
  const binding = new Binding();
  const { id } = await createClient({ baseUrl, token, fetch: binding }).v1.aiImageGenerator.create(
    request("g"),
  );
  expect(id).toMatch(/./);
  expect(binding.requests).toBe(1);
});

test("the fetch of a service binding, without the binding, is told at once", async () => {
  const { fetch } = new Binding();
  const failure = createClient({ baseUrl, token, fetch }).v1.account.get();
  await expect(failure).rejects.toMatchObject({
    name: "BluehourError",
    message: expect.stringMatching(/^Cannot call fetch \(TypeError: .*\): pass a binding, not its fetch$/),
    cause: expect.any(TypeError),
  });
});

test("the platform's own fetch may be passed, and downloads by it", async () => {
  const passed = createClient({ baseUrl, token, fetch: globalThis.fetch });
  const result = await passed.v1.aiImageGenerator.generate(request("h"), options);
  expect(result.downloaded_paths.length + result.files.length).toBe(2);
});

test("an image that is cut is completed", async () => {
  const result = await generate(request("half"), options);
  expect(result.downloaded_paths.length + result.files.length).toBe(2);
});

test("a job that was left is resumed", async () => {
  const { id } = await create(request("c"));
  expect((await resume(id, options)).id).toBe(id);
});

test("an edit uploads a File first, and tells of the job", async () => {
  const picture = new File([PICTURE], "cat.png", { type: "image/png" });
  const edit = { style: { prompt: "edit" }, assets: { image_file_paths: [picture] } };
  const result = await v1.aiImageEditor.generate(edit, options);
  expect([result.type, result.status]).toEqual(["AI_IMAGE_EDITOR", "complete"]);
  expect(result.downloaded_paths.length + result.files.length).toBe(2);
});

test.each<[string, () => UploadSource]>([
  ["a File", () => new File([PICTURE], "cat.png")],
  ["a Blob", () => new Blob([PICTURE], { type: "image/png" })],
  ["bytes", () => PICTURE],
  ["a stream", () => new Blob([PICTURE]).stream()],
])("%s is uploaded, from nothing to all of it", async (_what, source) => {
  const told: UploadProgress[] = [];
  const path = await v1.files.uploadFile(source(), { onProgress: (progress) => told.push(progress) });
  expect(path).toMatch(/^uploads\/default\/.*\.png$/);
  expect(told[0]).toEqual({ sentBytes: 0, totalBytes: PICTURE.byteLength, fraction: 0 });
  expect(told.at(-1)).toEqual({
    sentBytes: PICTURE.byteLength,
    totalBytes: PICTURE.byteLength,
    fraction: 1,
  });
  const sent = told.map(({ sentBytes }) => sentBytes);
  expect(sent).toEqual(sent.toSorted((a, b) => a - b));
});

test("an upload ends with the caller's signal, and begins no job", async () => {
  const controller = new AbortController();
  const uploading = v1.files.uploadFile(PICTURE, {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  await expect(uploading).rejects.toMatchObject({ name: "AbortError" });
});

describe.each<[string, UploadOptions]>([
  ["", {}],
  [", with progress", { onProgress() {} }],
])("an upload%s", (_, watched) => {
  test("of what is no image is turned away in the server's words", async () => {
    await expect(v1.files.uploadFile(new Blob(["<script>"]), watched)).rejects.toMatchObject({
      name: "ValidationError",
      message: "This is no image",
    });
  });

  test("that is to be sent again in two minutes is not sent before", async () => {
    await expect(v1.files.uploadFile(new Blob(["busy"]), watched)).rejects.toMatchObject({
      name: "ServerError",
      status: 503,
      retryAfterMs: 120_000,
      requestId: "r",
    });
  });
});

test("a path is of use where there are files alone", async () => {
  const message = inNode ? /^Cannot read the image: ENOENT/ : /^"cat.png" is a local path, which cannot/;
  await expect(v1.files.uploadFile("cat.png")).rejects.toThrow(message);
});

test("the account, its jobs, and who is told of them", async () => {
  expect((await v1.account.get()).limits.creates_per_minute).toBe(120);
  const { id } = await create(request("listed"));
  const page = await v1.imageProjects.list({ limit: 100 });
  expect(page.items.map((project) => project.id)).toContain(id);
  const webhook = await v1.webhooks.create({ url: "https://example.com/hook" });
  await v1.webhooks.delete({ id: webhook.id });
});

test("an abort cancels the job", async () => {
  const controller = new AbortController();
  const generating = generate(request("hang"), {
    signal: controller.signal,
    onProgress: ({ progress }) => progress === 0.75 && controller.abort(),
  });
  const error = await generating.catch((reason: unknown) => reason);
  expect(error).toMatchObject({ name: "AbortError", jobId: expect.any(String) });
  const { jobId = "" } = error as { jobId?: string };
  await expect(resume(jobId)).rejects.toThrow(CanceledError);
});

test("errors are typed", async () => {
  await expect(generate(request("fail"))).rejects.toThrow(GenerationFailedError);
  await expect(generate({ ...request("p"), image_count: 0 })).rejects.toThrow(ValidationError);
  const stranger = createClient({ baseUrl, token: "wrong" });
  await expect(stranger.v1.aiImageGenerator.create(request("p"))).rejects.toThrow(AuthenticationError);
});

test("events are an iteration", async () => {
  const { id } = await create(request("d"));
  const statuses: Project["status"][] = [];
  for await (const { status } of v1.imageProjects.events({ id })) statuses.push(status);
  expect(statuses.filter(isTerminal)).toEqual(["complete"]);
});

test("the raw client narrows by ok", async () => {
  const response = await rpc.v1["image-projects"][":id"].$get({ param: { id: "nobody's" } });
  if (response.ok) throw new Error("There is no such job");
  expect((await response.json()).code).toBe("not_found");
});

test("webhooks are verified", async () => {
  // Made by the reference implementation, for this secret, id, time and body.
  const secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  const headers = new Headers({
    "webhook-id": "msg_1",
    "webhook-timestamp": "1767225600",
    "webhook-signature": "v1,G/3N5aX0rBtg7XDH2NXCSx8ilnkTV/dWcyKyV/UUrt4=",
  });
  const body = '{"type":"image.completed","payload":{"id":"job1"}}';
  const sentAt = 1_767_225_600_000;
  expect(await verifyWebhook({ headers, body }, secret, sentAt)).toMatchObject({ type: "image.completed" });
  await expect(verifyWebhook({ headers, body: `${body} ` }, secret, sentAt)).rejects.toThrow("No signature");
});
