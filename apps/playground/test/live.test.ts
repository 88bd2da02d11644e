import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
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

let worker: RunningWorker;
let browser: Browser;

beforeAll(async () => {
  // Long enough to outlast a reload on a busy machine.
  [worker, browser] = await Promise.all([startWorker({ SKETCH_RENDER_MS: "6000" }), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await worker.dispose();
});

test("a running job shows a frame for each image and its progress, and goes on after a reload", async () => {
  const page = await visit(await openProfile(browser), worker.url, await openAccount(worker.url));
  await generate(page, "a slow river", 3);
  const job = page.getByRole("article", { name: "a slow river" });
  await expect.poll(() => job.getByRole("progressbar").count()).toBe(3);
  await page.reload();
  await expect.poll(() => job.getByRole("progressbar").count()).toBe(3);
  expect(await violations(page)).toEqual([]);
  await expectPictures(page, "a slow river", 3);
  await expect.poll(() => job.getByRole("progressbar").count()).toBe(0);
});

test("nothing moves as images arrive", async () => {
  const context = await openProfile(browser);
  const moves = await watchMoves(context);
  const page = await visit(context, worker.url, await openAccount(worker.url));
  await generate(page, "a still lake", 2);
  await expectPictures(page, "a still lake", 2);
  expect(await moves(page)).toEqual([]);
});

test("a job is canceled, and nothing is charged", async () => {
  const page = await visit(await openProfile(browser), worker.url, await openAccount(worker.url, 100));
  await generate(page, "a mistake", 2);
  await page.getByRole("button", { name: "Cancel a mistake" }).click();
  const job = page.getByRole("article", { name: "a mistake" });
  await job.getByText("Nothing was charged.").waitFor();
  await page.getByText("100 credits left").waitFor();
  expect(await violations(page)).toEqual([]);
  await job.getByRole("button", { name: "Remove" }).click();
  await page.getByText("Nothing on the table yet").waitFor();
});

test("offline, the page says so; back again it catches up", async () => {
  const context = await openProfile(browser, /ERR_INTERNET_DISCONNECTED/);
  const page = await visit(context, worker.url, await openAccount(worker.url));
  await generate(page, "a far shore");
  await page.getByRole("progressbar").waitFor();
  await context.setOffline(true);
  await page.getByText("You are offline.").waitFor();
  expect(await violations(page)).toEqual([]);
  await context.setOffline(false);
  await expect.poll(() => page.getByText("You are offline.").count()).toBe(0);
  await expectPictures(page, "a far shore", 1);
});

test("a Worker that restarts is found again, and the job with it", async () => {
  const context = await openProfile(
    browser,
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE/,
  );
  const page = await visit(context, worker.url, await openAccount(worker.url));
  await generate(page, "a patient tree");
  await page.getByRole("progressbar").waitFor();
  await worker.stop();
  await worker.restart();
  await expectPictures(page, "a patient tree", 1);
});

test("two tabs of one account show the same table", async () => {
  const context = await openProfile(browser);
  const token = await openAccount(worker.url);
  const [one, two] = [await visit(context, worker.url, token), await visit(context, worker.url, token)];
  await two.getByText("Nothing on the table yet").waitFor();
  await one.bringToFront();
  await generate(one, "a shared view");
  await expectPictures(two, "a shared view", 1);
  await expectPictures(one, "a shared view", 1);
  await two.bringToFront();
  await two.getByRole("img", { name: "a shared view" }).click();
  await two.getByRole("button", { name: "Delete" }).click();
  await two.getByRole("button", { name: "Delete for good" }).click();
  await one.getByText("Nothing on the table yet").waitFor();
});
