import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { type RunningWorker, startWorker } from "./start-worker.ts";
import { fillPrompt, openAccount, openProfile, violations, visit } from "./visitor.ts";

const run = promisify(execFile);
const PHOTO = join(import.meta.dirname, "../../../docs/images/lighthouse.png");
/** Quotes of every shell and language, an escape, and what is beyond ASCII. */
const PROMPT = `a "quoted" sign, it's \\(café) $HOME \`x\` ☂`;

let worker: RunningWorker;
let browser: Browser;

beforeAll(async () => {
  [worker, browser] = await Promise.all([startWorker(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await worker.dispose();
});

async function openForm() {
  const token = await openAccount(worker.url);
  const page = await visit(await openProfile(browser), worker.url, token);
  await fillPrompt(page, PROMPT);
  await page.getByText("Wide").click();
  await page.getByLabel("Resolution").selectOption("640px");
  return { page, token };
}

async function copyCode(page: Page, language: string): Promise<string> {
  await page.getByRole("button", { name: "Show code" }).click();
  await page.getByRole("tab", { name: language }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied").waitFor();
  await page.keyboard.press("Escape");
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A directory from which programs find the client as installed. */
async function workDirectory(): Promise<string> {
  const outputs = join(import.meta.dirname, "../outputs");
  await mkdir(outputs, { recursive: true });
  const directory = await mkdtemp(join(outputs, "code-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

test("the TypeScript that is shown runs", async () => {
  const { page, token } = await openForm();
  const directory = await workDirectory();
  await writeFile(join(directory, "code.mts"), await copyCode(page, "TypeScript"));
  await run(process.execPath, ["code.mts"], {
    cwd: directory,
    env: { ...process.env, BLUEHOUR_TOKEN: token },
  });
  expect(await readdir(join(directory, "outputs"))).toHaveLength(1);
  await page.reload();
  await page.getByRole("img", { name: PROMPT }).click();
  await page.getByText("640 × 360").waitFor();
});

test("the curl that is shown runs", async () => {
  const { page, token } = await openForm();
  const code = await copyCode(page, "curl");
  const { stdout } = await run("bash", ["-c", code], { env: { ...process.env, BLUEHOUR_TOKEN: token } });
  expect(JSON.parse(stdout).project).toMatchObject({
    status: "complete",
    name: PROMPT,
    downloads: [{ width: 640 }],
  });
});

test("the curl of an edit uploads its images", async () => {
  const { page, token } = await openForm();
  await page.getByLabel("Choose images").setInputFiles(PHOTO);
  const code = await copyCode(page, "curl");
  const directory = await workDirectory();
  await copyFile(PHOTO, join(directory, "lighthouse.png"));
  const env = { ...process.env, BLUEHOUR_TOKEN: token };
  const { stdout } = await run("bash", ["-c", code], { cwd: directory, env });
  expect(JSON.parse(stdout).project).toMatchObject({
    status: "complete",
    type: "AI_IMAGE_EDITOR",
    name: PROMPT,
  });
});

test("the TypeScript of an edit uploads its images", async () => {
  const { page, token } = await openForm();
  await page.getByLabel("Choose images").setInputFiles(PHOTO);
  const directory = await workDirectory();
  await writeFile(join(directory, "code.mts"), await copyCode(page, "TypeScript"));
  await copyFile(PHOTO, join(directory, "lighthouse.png"));
  await run(process.execPath, ["code.mts"], {
    cwd: directory,
    env: { ...process.env, BLUEHOUR_TOKEN: token },
  });
  expect(await readdir(join(directory, "outputs"))).toHaveLength(1);
});

test("the Python is for the official SDK, at this Worker's address", async () => {
  const { page } = await openForm();
  expect(await copyCode(page, "Python")).toBe(`import os

from magic_hour import Client

client = Client(base_url="${worker.url}", token=os.environ["BLUEHOUR_TOKEN"])

result = client.v1.ai_image_generator.generate(
    name=${JSON.stringify(PROMPT)},
    image_count=1,
    resolution="640px",
    aspect_ratio="16:9",
    style={"prompt": ${JSON.stringify(PROMPT)}},
    wait_for_completion=True,
    download_outputs=True,
    download_directory="outputs",
)
print(result.downloaded_paths)
`);
});
