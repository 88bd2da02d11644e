import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { BASE_URL, fakeBluehour, TOKEN } from "../test/fake-bluehour.ts";
import { IMAGE } from "../test/fake-project.ts";
import { inNoTime } from "../test/in-no-time.ts";
import { rejection } from "../test/rejection.ts";
import { temporaryDirectory } from "../test/temporary-directory.ts";
import { AbortError, NotFoundError, ValidationError } from "./errors.ts";
import { createClient } from "./node/create-client.ts";
import type { UploadSource } from "./upload-source.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance", "Date"] });
  return () => vi.useRealTimers();
});

function setUp(around = (fetch: typeof globalThis.fetch) => fetch) {
  const server = fakeBluehour();
  const { v1 } = createClient({ baseUrl: BASE_URL, token: TOKEN, fetch: around(server.fetch) });
  return { server, v1, editor: v1.aiImageEditor };
}

function request(...image_file_paths: UploadSource[]) {
  return { style: { prompt: "Give it sunglasses" }, assets: { image_file_paths } };
}

const file = (content: BlobPart = IMAGE) => new File([content], "cat.png");

test("generate uploads, creates, waits, and saves the images", async () => {
  const { server, editor } = setUp();
  const downloadDirectory = await temporaryDirectory();
  const source = join(downloadDirectory, "cat.png");
  await writeFile(source, IMAGE);
  const generating = editor.generate(request(source), { downloadDirectory });
  await vi.waitFor(() => expect(server.jobs.size).toBe(1));
  server.complete("job1");
  const result = await generating;
  expect(result.type).toBe("AI_IMAGE_EDITOR");
  expect(result.downloaded_paths).toEqual([join(downloadDirectory, "job1-0.png")]);
  const [path = ""] = server.edits[0]?.assets.image_file_paths ?? [];
  expect(server.uploads.get(path)).toEqual(IMAGE);
});

test("what the Worker can get at already is passed on as it is, in its place", async () => {
  const { server, v1, editor } = setUp();
  const uploaded = await v1.files.uploadFile(file());
  await editor.create(request("https://example.com/a.png", file(), uploaded));
  const [first, second, third] = server.edits[0]?.assets.image_file_paths ?? [];
  expect([first, third]).toEqual(["https://example.com/a.png", uploaded]);
  expect(second).toMatch(/^uploads\/default\/.*\.png$/);
  expect(server.uploads.size).toBe(2);
});

test("a local file in a folder called uploads is a local file", async () => {
  await expect(setUp().editor.create(request("uploads/cat.png"))).rejects.toThrow(
    /^Cannot read the image: ENOENT/,
  );
});

test("uploads go side by side", async () => {
  let underWay = 0;
  let most = 0;
  const { editor } = setUp((fetch) => async (input, init) => {
    if (init?.method !== "PUT") return fetch(input, init);
    most = Math.max(most, ++underWay);
    await vi.advanceTimersByTimeAsync(10);
    underWay--;
    return fetch(input, init);
  });
  await editor.create(request(file(), file(), file()));
  expect(most).toBe(3);
});

test("an upload that fails ends the others, and no job is created", async () => {
  const ended: unknown[] = [];
  const { server, editor } = setUp((fetch) => async (input, init) => {
    const body = init?.method === "PUT" ? await new Response(init.body).text() : "";
    if (body !== "slow") return fetch(input, init);
    init?.signal?.addEventListener("abort", () => ended.push("slow"));
    return new Promise(() => {});
  });
  await expect(editor.create(request(file("slow"), file("<script>")))).rejects.toThrow(ValidationError);
  expect(ended).toEqual(["slow"]);
  expect(server.jobs.size).toBe(0);
});

test("an abort during an upload leaves nothing to cancel", async () => {
  const { server, editor } = setUp(
    (fetch) => (input, init) => (init?.method === "PUT" ? new Promise(() => {}) : fetch(input, init)),
  );
  const controller = new AbortController();
  const failure = rejection(editor.generate(request(file()), { signal: controller.signal }), AbortError);
  await vi.advanceTimersByTimeAsync(100);
  controller.abort();
  const error = await failure;
  expect(error.jobId).toBe(undefined);
  expect(error.idempotencyKey).toBe(undefined);
  expect(await error.cancellation).toBe(false);
  expect(server.jobs.size).toBe(0);
});

test("an abort after it cancels the job", async () => {
  const { server, editor } = setUp();
  const controller = new AbortController();
  const failure = rejection(editor.generate(request(file()), { signal: controller.signal }), AbortError);
  await vi.waitFor(() => expect(server.jobs.size).toBe(1));
  await vi.advanceTimersByTimeAsync(100);
  controller.abort();
  expect(await (await failure).cancellation).toBe(true);
  expect(server.jobs.get("job1")?.status).toBe("canceled");
});

test("a create whose answer is lost is repeated with the same upload, and makes one job", async () => {
  let lost = 0;
  const { server, editor } = setUp((fetch) => async (input, init) => {
    const response = await fetch(input, init);
    if (String(input).endsWith("/ai-image-editor") && lost++ < 2) throw new TypeError("fetch failed");
    return response;
  });
  expect((await inNoTime(editor.create(request(file())))).id).toBe("job1");
  expect(server.jobs.size).toBe(1);
  expect(server.uploads.size).toBe(1);
});

test("a file_path that the account does not have is not found", async () => {
  const strange = `uploads/default/${"0".repeat(36)}.png`;
  await expect(setUp().editor.create(request(strange))).rejects.toThrow(NotFoundError);
});
