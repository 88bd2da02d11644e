import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { type RunningWorker, startWorker } from "./start-worker.ts";
import {
  expectPictures,
  fillPrompt,
  generate,
  openAccount,
  openProfile,
  violations,
  visit,
} from "./visitor.ts";

const PHOTO = join(import.meta.dirname, "../../../docs/images/lighthouse.png");

let worker: RunningWorker;
let browser: Browser;

beforeAll(async () => {
  [worker, browser] = await Promise.all([startWorker(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await worker.dispose();
});

test("edits an image that is picked, and uses the result as the next input", async () => {
  const context = await openProfile(browser);
  const page = await visit(context, worker.url, await openAccount(worker.url));
  await page.getByLabel("Choose images").setInputFiles(PHOTO);
  await page.getByRole("img", { name: "lighthouse.png" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("What to change").fill("make it night");
  await page.getByRole("button", { name: /^Edit/ }).click();
  await expectPictures(page, "make it night", 1);

  await page.getByRole("button", { name: "Remove lighthouse.png" }).click();
  await page.getByRole("img", { name: "make it night" }).click();
  await page.getByRole("button", { name: "Use as input" }).click();
  await page.getByRole("form").getByRole("img").waitFor();
  await page.getByLabel("What to change").waitFor();
});

test("takes images that are pasted or dropped, and says which it does not take", async () => {
  const context = await openProfile(browser);
  const page = await visit(context, worker.url, await openAccount(worker.url));
  const carry = (kind: "paste" | "drop", name: string, type: string) =>
    page.getByRole("group", { name: "Images to work from" }).evaluate(
      (target, { kind, name, type }) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([`<bytes of ${name}>`], name, { type }));
        const event =
          kind === "drop"
            ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
            : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true });
        target.dispatchEvent(event);
      },
      { kind, name, type },
    );
  await page.getByLabel("Prompt").waitFor();
  await carry("drop", "dropped.png", "image/png");
  await page.getByRole("img", { name: "dropped.png" }).waitFor();
  await carry("paste", "pasted.png", "image/png");
  await page.getByRole("img", { name: "pasted.png" }).waitFor();
  await carry("drop", "notes.txt", "text/plain");
  await page.getByText("That is no image the Worker takes").waitFor();
  expect(await violations(page)).toEqual([]);
});

test("on the narrowest phone nothing is wider than the page", async () => {
  const context = await openProfile(browser);
  const page = await visit(context, worker.url, await openAccount(worker.url, 1_000_000));
  await page.setViewportSize({ width: 320, height: 640 });
  const beyond = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await generate(page, "a word of unbreakable-length-that-no-line-of-a-phone-can-hold", 3);
  await expectPictures(page, "a word of", 3);
  expect(await beyond()).toBe(0);
  await page.getByRole("button", { name: "Show code" }).click();
  expect(await beyond()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await page.getByRole("img", { name: "image 3 of 3" }).click();
  expect(await beyond()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test("styles are found by typing, with the keyboard alone", async () => {
  const context = await openProfile(browser);
  const page = await visit(context, worker.url, await openAccount(worker.url));
  await fillPrompt(page, "a hero");
  const style = page.getByRole("combobox", { name: "Style" });
  await style.focus();
  await page.keyboard.press("ArrowDown");
  await style.fill("comic");
  await page.keyboard.press("Enter");
  expect(await style.inputValue()).toBe("Comic book");
  await page.getByRole("textbox", { name: "Prompt" }).press("Control+Enter");
  await expectPictures(page, "a hero", 1);
});
