import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { SCRIPT_BUDGET_KB, weighPage } from "./page-weight.ts";
import { startRefusingProvider } from "./refusing-provider.ts";
import { type RunningWorker, startWorker, TOKEN } from "./start-worker.ts";
import { expectPictures, generate, openAccount, openProfile, violations, visit } from "./visitor.ts";

let worker: RunningWorker;
let browser: Browser;
let refusing: Awaited<ReturnType<typeof startRefusingProvider>>;

beforeAll(async () => {
  refusing = await startRefusingProvider();
  const vars = {
    MODELS: JSON.stringify({ prudish: ["openai/gpt-image-1"] }),
    OPENAI_API_KEY: "key",
    OPENAI_BASE_URL: refusing.url,
    ALLOW_PRIVATE_HOSTS: "true",
  };
  [worker, browser] = await Promise.all([startWorker(vars), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await worker.dispose();
  refusing.close();
});

test("first visit, token, generate, image, reload, still there, delete", async () => {
  const context = await openProfile(browser);
  const page = await context.newPage();
  await page.goto(worker.url);
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("Token").fill(await openAccount(worker.url));
  await page.keyboard.press("Enter");
  await page.getByText("Nothing on the table yet").waitFor();
  expect(await violations(page)).toEqual([]);

  await generate(page, "a fox in the snow", 2);
  await expectPictures(page, "a fox in the snow", 2);
  expect(await violations(page)).toEqual([]);
  await page.getByText("10 credits used").waitFor();

  await page.reload();
  await expectPictures(page, "a fox in the snow", 2);

  await page.getByRole("img", { name: "a fox in the snow, image 1 of 2" }).click();
  const lightbox = page.getByRole("dialog", { name: "a fox in the snow" });
  await lightbox
    .getByText(/^Stored image/)
    .first()
    .waitFor();
  await lightbox.getByText("1024 × 1024").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("ArrowRight");
  await lightbox.getByRole("img", { name: "image 2 of 2" }).waitFor();
  await lightbox.getByRole("button", { name: "Copy URL" }).click();
  await lightbox.getByText("URL copied").waitFor();
  const url = await page.evaluate(() => navigator.clipboard.readText());
  expect((await fetch(url)).headers.get("content-type")).toBe("image/png");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    lightbox.getByRole("button", { name: "Download" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe(url.split("/").at(-1));

  await lightbox.getByRole("button", { name: "Delete" }).click();
  await lightbox.getByRole("button", { name: "Delete all 2 images" }).click();
  await page.getByText("Nothing on the table yet").waitFor();
  expect((await fetch(url)).status).toBe(404);
});

test("the address that dev prints opens the page signed in, and leaves the token in session storage alone", async () => {
  const context = await openProfile(browser);
  const page = await context.newPage();
  await page.goto(worker.signedInUrl);
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  expect(page.url()).toBe(`${worker.url}/`);
  expect(
    await page.evaluate(() => [Object.values(sessionStorage), localStorage.length, document.cookie]),
  ).toEqual([[TOKEN], 0, ""]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Token").waitFor();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test(`the first load has at most ${SCRIPT_BUDGET_KB} kB of script, gzipped`, async () => {
  const { script } = await weighPage(worker.url);
  expect(script).toBeGreaterThan(0);
  expect(script).toBeLessThanOrEqual(SCRIPT_BUDGET_KB);
});

test("too few credits, a wrong token and a job that fails are told in plain words", async () => {
  const context = await openProfile(browser, /status of 40[12]/);
  const page = await visit(context, worker.url, await openAccount(worker.url, 52));
  await generate(page, "a castle", 11);
  await page.getByText("55 needed, 52 left. Make fewer images").waitFor();
  expect(await violations(page)).toEqual([]);

  const model = page.getByRole("combobox", { name: "Model" });
  await model.click();
  await model.fill("schnell");
  const unavailable = page.getByRole("option", { name: /^flux-schnell/ });
  expect(await unavailable.getAttribute("aria-disabled")).toBe("true");
  expect(await unavailable.textContent()).toContain("Waits for the operator to set MAGIC_HOUR_API_KEY");
  await model.fill("prud");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await generate(page, "something rude");
  await page.getByText("The provider declined this prompt").waitFor();
  await page.getByText("52 credits left").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "What happened to something rude" }).click();
  await page.getByText("Refunded 45 credits").waitFor();

  await page.goto(`${worker.url}/?again#token=wrong`);
  await page.getByText("That token is not accepted").waitFor();
});

test("older jobs come as one scrolls", async () => {
  const token = await openAccount(worker.url);
  const create = (name: string) =>
    fetch(`${worker.url}/v1/ai-image-generator`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ name, image_count: 1, style: { prompt: name }, resolution: "640px" }),
    });
  for (let number = 1; number <= 30; number++) await create(`number ${number}.`);
  const page = await visit(await openProfile(browser), worker.url, token);
  await page.getByRole("article", { name: "number 30." }).waitFor();
  expect(await page.getByRole("article").count()).toBeLessThan(30);
  const oldest = page.getByRole("article", { name: "number 1." });
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 4000);
      return oldest.count();
    })
    .toBe(1);
});
