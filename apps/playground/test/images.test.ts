import { type FakeUpstream, startFakeUpstream } from "@bluehour/providers/fake-upstream";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { type RunningWorker, startWorker } from "./start-worker.ts";
import {
  expectPictures,
  generate,
  openAccount,
  openProfile,
  violations,
  visit,
  watchMoves,
} from "./visitor.ts";

let upstream: FakeUpstream;
let worker: RunningWorker;
let browser: Browser;

beforeAll(async () => {
  // Paints one image a call, each in its own time.
  upstream = await startFakeUpstream({ provider: "black-forest-labs" });
  const vars = {
    DEFAULT_MODEL: "black-forest-labs/flux-2-klein-4b",
    BFL_API_KEY: upstream.apiKey,
    BFL_BASE_URL: upstream.url,
    ALLOW_PRIVATE_HOSTS: "true",
  };
  [worker, browser] = await Promise.all([startWorker(vars), openBrowser()]);
});

afterEach(() => upstream.reset());

afterAll(async () => {
  await browser.close();
  await worker.dispose();
  await upstream.close();
});

const jobOn = (page: Page, name: string) => page.getByRole("article", { name });

/** A job of three: one image is there, one has failed, one still develops. */
async function expectUneven(page: Page, name: string): Promise<void> {
  const job = jobOn(page, name);
  await expectPictures(page, name, 1);
  await job.getByText("The provider declined this prompt").waitFor();
  expect(await job.getByRole("progressbar").count()).toBe(1);
  await job.getByText("1 of 3").waitFor();
}

const progressOf = async (bar: Locator) => Number(await bar.getAttribute("value"));

test("each image of a job develops by itself: here, after a reload, and in another tab", async () => {
  const context = await openProfile(browser);
  const token = await openAccount(worker.url);
  const page = await visit(context, worker.url, token);
  upstream.script({ type: "slow", renderMs: 100 }, { type: "slow", renderMs: 18_000 }, { type: "moderated" });
  await generate(page, "an uneven coast", 3);
  await expectUneven(page, "an uneven coast");
  expect(await violations(page)).toEqual([]);

  await page.getByRole("img", { name: /^an uneven coast, image \d of 3$/ }).click();
  const lightbox = page.getByRole("dialog", { name: "an uneven coast" });
  await lightbox.getByText("Developing").waitFor();
  await lightbox.getByText("64 × 64").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");

  await page.reload();
  await expectUneven(page, "an uneven coast");
  const other = await visit(context, worker.url, token);
  await expectUneven(other, "an uneven coast");
  const bar = jobOn(other, "an uneven coast").getByRole("progressbar");
  await expect.poll(() => progressOf(bar)).toBeGreaterThan(0.5);
  expect(await progressOf(bar)).toBeLessThan(1);

  await expectPictures(other, "an uneven coast", 2);
  await jobOn(other, "an uneven coast").getByText("Refunded", { exact: true }).waitFor();
  await jobOn(other, "an uneven coast").getByText("2 of 3").waitFor();
  expect(await violations(other)).toEqual([]);
});

test("a frame has its image's shape before the image, also on a page that did not ask for it", async () => {
  const token = await openAccount(worker.url);
  upstream.script({ type: "slow", renderMs: 9_000 }, { type: "slow", renderMs: 9_000 });
  await fetch(`${worker.url}/v1/ai-image-generator`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({
      name: "a tall tree",
      image_count: 2,
      aspect_ratio: "9:16",
      style: { prompt: "tree" },
    }),
  });
  const context = await openProfile(browser);
  const moves = await watchMoves(context);
  const page = await visit(context, worker.url, token);
  const job = jobOn(page, "a tall tree");
  const frame = job.getByRole("listitem").first();
  await job.getByRole("progressbar").first().waitFor();
  const box = await frame.boundingBox();
  expect((box?.width ?? 0) / (box?.height ?? 1)).toBeCloseTo(9 / 16, 2);
  await expectPictures(page, "a tall tree", 2);
  expect(await frame.boundingBox()).toEqual(box);
  expect(await moves(page)).toEqual([]);
});
