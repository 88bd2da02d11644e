import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { TOKEN } from "./start-worker.ts";

/** Opens an account of a test's own. @returns its token */
export async function openAccount(url: string, credits: number | null = null): Promise<string> {
  const response = await fetch(`${url}/v1/admin/accounts`, {
    method: "POST",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify({ name: "visitor", credits }),
  });
  const { token } = await response.json();
  return token;
}

/** A browser profile, gone after the test. What its pages log as an error, CSP's refusals too, fails the test. */
export async function openProfile(browser: Browser, expected: RegExp = /(?!)/): Promise<BrowserContext> {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  await context.addInitScript({ content: axe.source });
  const errors: string[] = [];
  context.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  context.on("weberror", (error) => errors.push(`${error.error()}`));
  onTestFinished(async () => {
    await context.close();
    expect(errors.filter((error) => !expected.test(error))).toEqual([]);
  });
  return context;
}

/** Opens the page signed in. */
export async function visit(context: BrowserContext, url: string, token: string): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${url}/#token=${token}`);
  return page;
}

export async function fillPrompt(page: Page, prompt: string): Promise<void> {
  await page.getByLabel("Prompt").fill(prompt);
}

export async function generate(page: Page, prompt: string, count = 1): Promise<void> {
  await fillPrompt(page, prompt);
  await page.getByLabel("Images", { exact: true }).fill(`${count}`);
  await page.getByRole("button", { name: /^Generate/ }).click();
}

/** The pictures of a job, once they are drawn. */
export async function expectPictures(page: Page, name: string, count: number): Promise<void> {
  const pictures = page.getByRole("article", { name }).getByRole("img");
  await expect.poll(() => pictures.count()).toBe(count);
  const drawn = () =>
    pictures.evaluateAll((images) =>
      images.every((image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0),
    );
  await expect.poll(drawn).toBe(true);
}

/** Notes what moves on a profile's pages without their visitor's doing. @returns how far, for each move on a page */
export async function watchMoves(context: BrowserContext): Promise<(page: Page) => Promise<number[]>> {
  await context.addInitScript(() => {
    const moves: number[] = [];
    Object.assign(window, { moves });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        // A layout-shift entry, which TypeScript does not know.
        const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) moves.push(value);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  // The init script's.
  return (page) => page.evaluate(() => (window as unknown as { moves: number[] }).moves);
}

/** What axe finds on the page as it is, in light and in dark. */
export async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => {
      // The init script's.
      const { axe } = window as unknown as { axe: typeof import("axe-core") };
      return axe.run();
    });
    for (const { id, nodes } of violations) {
      found.push(
        ...nodes.map(({ html, failureSummary }) => `${colorScheme}, ${id}: ${html}\n${failureSummary}`),
      );
    }
  }
  return found;
}
