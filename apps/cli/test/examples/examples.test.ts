// The examples, each started by the command of its README, and used as their readers would.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@bluehour/client";
import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { startLocalWorker } from "../../src/local-worker.ts";
import { WORKSPACE_ROOT } from "../../src/worker/workspace-root.ts";
import { compile, freePort, startExample, TOKEN, temporaryDirectory } from "./start-example.ts";

const PNG = Buffer.from("89504e470d0a1a0a", "hex");
const isPng = (bytes: Uint8Array) => PNG.equals(bytes.subarray(0, PNG.length));

let browser: Browser;

beforeAll(async () => {
  // Root has no sandbox.
  browser = await driver.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox"] });
});

afterAll(() => browser.close());

/** Flags for a Worker of the test's own, on a state of its own. */
async function ownWorker(renderMs: number): Promise<string[]> {
  const vars = { ADMIN_TOKEN: TOKEN, SIGNING_SECRET: "secret", SKETCH_RENDER_MS: `${renderMs}` };
  const flags = Object.entries(vars).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  return ["--persist-to", await temporaryDirectory(), ...flags];
}

/** A visitor's page, which must never get to see the account's token, and must not fail. */
async function openPage(url: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`${error}`));
  const reading: Promise<void>[] = [];
  page.on("response", (response) => {
    const read = async () => {
      const body = await response.body().catch(() => Buffer.alloc(0));
      if (body.includes(TOKEN)) faults.push(`the account's token is in ${response.url()}`);
    };
    reading.push(read());
  });
  onTestFinished(async () => {
    await page.close();
    await Promise.all(reading);
    expect(faults).toEqual([]);
  });
  await page.goto(url);
  return page;
}

async function expectPictures(page: Page, name: string, count: number): Promise<void> {
  const pictures = page.getByRole("img", { name });
  await pictures.nth(count - 1).waitFor();
  const drawn = () =>
    pictures.evaluateAll((images) =>
      images.filter((image) => image instanceof HTMLImageElement && image.naturalWidth > 0),
    );
  await expect.poll(async () => (await drawn()).length, { timeout: 15_000 }).toBe(count);
}

test("vite: a page paints, survives a reload, and edits a picture", async () => {
  const port = await freePort();
  const example = startExample("vite", ["--port", `${port}`, ...(await ownWorker(1500))]);
  await example.printed(/Local:/);
  const page = await openPage(`http://127.0.0.1:${port}/`);

  await page.getByLabel("Prompt").fill("a red fox");
  await page.getByRole("button", { name: "Paint" }).click();
  await page.getByText("a red fox: rendering").waitFor();
  await page.reload();
  await page.getByText("a red fox: rendering").waitFor();
  await expectPictures(page, "a red fox", 2);

  await page.getByLabel("Prompt").fill("give it a hat");
  await page.getByLabel("Picture to edit").setInputFiles(join(WORKSPACE_ROOT, "docs/images/lighthouse.png"));
  await page.getByRole("button", { name: "Paint" }).click();
  await expectPictures(page, "give it a hat", 1);

  await page.reload();
  await expectPictures(page, "a red fox", 2);
  await expectPictures(page, "give it a hat", 1);
  expect(await compile("vite")).toBe("");
});

test("next: a route creates the job once, a webhook tells of it, a page shows it", async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const example = startExample("next", ["--port", `${port}`, ...(await ownWorker(1500))]);
  await example.printed(/Ready in/);
  const page = await openPage(origin);

  await page.getByLabel("Prompt").fill("a red fox");
  await page.getByRole("button", { name: "Paint" }).click();
  await page.getByText("Painting…").waitFor();
  await expectPictures(page, "a red fox", 1);

  const create = async (prompt: string) => {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": "key" };
    const response = await fetch(`${origin}/api/images`, {
      method: "POST",
      headers,
      body: JSON.stringify({ prompt }),
    });
    return { status: response.status, ...(await response.json()) };
  };
  const first = await create("a heron");
  expect(first).toEqual({ status: 202, id: expect.any(String) });
  expect(await create("a heron")).toEqual(first);
  expect(await create("another")).toMatchObject({ status: 400 });

  const forged = { method: "POST", body: JSON.stringify({ type: "image.completed", payload: {} }) };
  expect((await fetch(`${origin}/api/bluehour`, forged)).status).toBe(400);
  expect((await fetch(`${origin}/images/${"0".repeat(64)}`)).status).toBe(404);
  expect(await compile("next")).toBe("");
});

test("node: a batch that is killed goes on where it was, and pays for nothing twice", async () => {
  const flags = await ownWorker(800);
  const [, state = ""] = flags;
  const outputs = await temporaryDirectory();
  const first = startExample("node", flags, { OUTPUTS: outputs });
  await first.printed(/\.png/);
  await first.kill();
  const journalPath = join(outputs, "journal.json");
  const journal: Record<string, { idempotencyKey: string }> = JSON.parse(await readFile(journalPath, "utf8"));
  const begun = Object.entries(journal);
  expect(begun.length).toBeGreaterThanOrEqual(3);
  expect(begun.length).toBeLessThan(8);
  // As if it had been killed before the answer came: of these jobs it knows no id, and they exist.
  const unanswered = begun.map(([prompt, { idempotencyKey }]) => [prompt, { idempotencyKey }]);
  await writeFile(
    journalPath,
    JSON.stringify(Object.fromEntries(unanswered.slice(0, 2).concat(begun.slice(2)))),
  );

  const second = startExample("node", flags, { OUTPUTS: outputs });
  expect(await second.ended).toMatchObject({ code: 0, output: expect.stringContaining("8 of 8 done") });
  const pictures = (await readdir(outputs)).filter((name) => name.endsWith(".png"));
  expect(pictures).toHaveLength(8);
  for (const name of pictures) expect(isPng(await readFile(join(outputs, name)))).toBe(true);

  const worker = await startLocalWorker({
    persistTo: state,
    vars: { ADMIN_TOKEN: TOKEN, SIGNING_SECRET: "secret" },
  });
  onTestFinished(() => worker.stop());
  const { v1 } = createClient({ baseUrl: worker.url, token: worker.token });
  expect((await v1.imageProjects.list()).items).toHaveLength(8);
  expect((await v1.account.get()).credits).toMatchObject({ charged: 40, refunded: 0 });
  expect(await compile("node")).toBe("");
});

test("worker: reaches Bluehour over a service binding, and leads to the image in R2", async () => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const example = startExample("worker", ["--port", `${port}`, "--persist-to", await temporaryDirectory()]);
  await example.printed(/Ready on/);

  const body = JSON.stringify({ title: "Moby-Dick" });
  const ordered = await fetch(`${origin}/covers`, { method: "POST", body });
  expect(ordered.status).toBe(202);
  const cover = await fetch(new URL(ordered.headers.get("Location") ?? "", origin));
  expect(cover.url).toMatch(`${origin}/images/`);
  expect(cover.headers.get("content-type")).toBe("image/png");
  expect(cover.headers.get("cache-control")).toContain("immutable");
  expect(isPng(await cover.bytes())).toBe(true);
  expect((await fetch(`${origin}/covers/${"0".repeat(64)}`)).status).toBe(404);
  expect(await compile("worker")).toBe("");
});
