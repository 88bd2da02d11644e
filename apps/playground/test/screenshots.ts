// Takes the page's picture in every state, at three widths, in light and dark: `pnpm run screenshots [directory]`.
// Without a directory, only the two of the README.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Project, ProjectImage } from "@bluehour/client";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "./open-browser.ts";
import { startRefusingProvider } from "./refusing-provider.ts";
import { type RunningWorker, startWorker } from "./start-worker.ts";
import { generate, openAccount } from "./visitor.ts";

const README_IMAGES = join(import.meta.dirname, "../../../docs/images");
const PHOTO = join(README_IMAGES, "lighthouse.png");
const WIDTHS = [360, 768, 1440];
const SCHEMES = ["light", "dark"] as const;

/** What lies on the table: prompt, shape, number of images, style. */
const TABLE = [
  ["Rolling hills in spring", "16:9", 1, "general"],
  ["Morning fog over a pine forest", "16:9", 1, "general"],
  ["Desert dunes under a full moon", "9:16", 1, "general"],
  ["A harbour town seen from the sea, lanterns lit", "1:1", 3, "general"],
  ["Northern lights over snow", "16:9", 1, "general"],
  ["A mountain lake in autumn", "16:9", 2, "ai-photo-generator"],
  ["A lighthouse at dusk, long exposure", "16:9", 1, "general"],
] as const;
const SERIES = ["A valley through the day", "16:9", 4, "general"] as const;

async function layTable(
  url: string,
  token: string,
  table: readonly ((typeof TABLE)[number] | typeof SERIES)[],
): Promise<void> {
  for (const [prompt, aspect_ratio, image_count, tool] of table) {
    const request = { name: prompt, image_count, aspect_ratio, style: { prompt, tool } };
    await fetch(`${url}/v1/ai-image-generator`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Prefer: "wait=30" },
      body: JSON.stringify(request),
    });
  }
}

/** A job as it may be while it runs: what has come so far of its images, in their order. */
function halfway(project: Project, progress: readonly (number | null)[]): Project {
  const images = project.images.map((image, index): ProjectImage => {
    const reached = progress[index] ?? null;
    if (reached === 1) return image;
    const status = reached === null ? "queued" : "rendering";
    return { ...image, status, progress: reached, download: null };
  });
  return { ...project, status: "rendering", progress: 0.5, downloads: [], images };
}

/** A job as it may have ended: with its second image turned away. */
function withoutSecond(project: Project): Project {
  const error = { code: "content_rejected", message: "" } as const;
  const images = project.images.map((image): ProjectImage => {
    return image.index === 1 ? { ...image, status: "error", progress: null, download: null, error } : image;
  });
  return { ...project, images, downloads: project.downloads.filter((_, index) => index !== 1) };
}

/** What of it is seen would take luck to meet: some images painted, others not yet, one turned away. */
const MOMENTS: Readonly<Record<string, (project: Project) => Project>> = {
  developing: (project) => {
    if (project.image_count === 4) return halfway(project, [1, 0.7, 0.25, null]);
    if (project.image_count === 3) return halfway(project, [0.45, 1, 0.8]);
    return project.aspect_ratio === "9:16" ? halfway(project, [0.6]) : project;
  },
  "one-failed": (project) => (project.image_count >= 3 ? withoutSecond(project) : project),
};

/** Shows the jobs of the table as `moment` has them. */
async function showMoment(page: Page, moment: (project: Project) => Project): Promise<void> {
  await page.route("**/v1/image-projects?*", async (route) => {
    const response = await route.fetch();
    const { items, ...rest } = await response.json();
    await route.fulfill({ response, json: { ...rest, items: items.map(moment) } });
  });
  // What is followed stays as it is.
  await page.route("**/events", () => {});
  await page.reload();
  await page.getByRole("img").first().waitFor();
}

/** Opens the page and waits until its pictures are drawn. */
async function open(browser: Browser, url: string, width: number, scheme: "light" | "dark"): Promise<Page> {
  const viewport = { width, height: width < 500 ? 780 : 900 };
  const context = await browser.newContext({ viewport, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  return page;
}

/** Images out of view too, which wait otherwise. */
async function loadAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map((image) => image.decode()));
  });
}

async function takeAll(browser: Browser, worker: RunningWorker, directory: string): Promise<void> {
  const token = await openAccount(worker.url, 5000);
  await layTable(worker.url, token, [...TABLE, SERIES]);
  const empty = await openAccount(worker.url);
  for (const width of WIDTHS) {
    for (const scheme of SCHEMES) {
      const take = async (page: Page, state: string, fullPage = false) => {
        if (fullPage) await loadAll(page);
        await page.screenshot({ path: join(directory, `${state}-${width}-${scheme}.png`), fullPage });
      };
      const visits = await open(browser, worker.url, width, scheme);
      await take(visits, "first-visit");
      await visits.context().close();

      const bare = await open(browser, `${worker.url}/#token=${empty}`, width, scheme);
      await take(bare, "empty", true);
      await bare.getByLabel("Choose images").setInputFiles(PHOTO);
      await bare.getByLabel("What to change").fill("Make it night, with a light in the window");
      await take(bare, "edit", true);
      await bare.context().close();

      for (const [state, moment] of Object.entries(MOMENTS)) {
        const page = await open(browser, `${worker.url}/#token=${token}`, width, scheme);
        await showMoment(page, moment);
        await take(page, state, true);
        await page.context().close();
      }

      const page = await open(browser, `${worker.url}/#token=${token}`, width, scheme);
      await take(page, "complete", true);
      await page.getByRole("img", { name: "A mountain lake in autumn, image 1" }).click();
      await page
        .getByText(/^Stored image/)
        .first()
        .waitFor();
      await take(page, "lightbox");
      await page.keyboard.press("Escape");

      await page.getByLabel("Prompt").fill("A lighthouse at dusk, long exposure");
      await page.getByRole("combobox", { name: "Style" }).click();
      await take(page, "form");
      await page.keyboard.press("Escape");
      await page.getByRole("combobox", { name: "Model" }).click();
      await take(page, "models");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Show code" }).click();
      await take(page, "code");
      await page.keyboard.press("Escape");

      await page.getByRole("combobox", { name: "Model" }).fill("prudish");
      await page.keyboard.press("Enter");
      await generate(page, "Something a provider declines");
      await page.getByText("The provider declined this prompt").waitFor();
      await take(page, "error", true);
      await page.getByRole("button", { name: "Remove Something" }).click();
      await page.getByRole("combobox", { name: "Model" }).fill("sketch");
      await page.getByRole("combobox", { name: "Model" }).fill("default");
      await page.keyboard.press("Enter");
      await generate(page, "A river between hills", 3);
      await page.getByText(/^(?:developing|\d+ %)$/).waitFor();
      await take(page, "running");
      await page.getByRole("button", { name: "Cancel A river" }).click();
      await page.getByRole("button", { name: "Remove A river" }).click();
      await page.getByLabel("Images", { exact: true }).fill("16");
      await page.getByRole("article", { name: "A river" }).waitFor({ state: "detached" });
      await page.context().close();
    }
  }
}

async function takeForReadme(browser: Browser, worker: RunningWorker): Promise<void> {
  const token = await openAccount(worker.url, 5000);
  await layTable(worker.url, token, TABLE);
  for (const scheme of SCHEMES) {
    const page = await open(browser, `${worker.url}/#token=${token}`, 1440, scheme);
    await page.getByLabel("Prompt").fill("A river between hills");
    const path = join(README_IMAGES, `playground-${scheme}.jpg`);
    await page.screenshot({ path, type: "jpeg", quality: 82 });
    await page.context().close();
  }
}

const [directory] = process.argv.slice(2);
const refusing = await startRefusingProvider();
const worker = await startWorker({
  SKETCH_RENDER_MS: "2500",
  MODELS: JSON.stringify({ prudish: ["openai/gpt-image-1"] }),
  OPENAI_API_KEY: "key",
  OPENAI_BASE_URL: refusing.url,
  ALLOW_PRIVATE_HOSTS: "true",
});
const browser = await openBrowser();
try {
  if (directory) {
    await mkdir(directory, { recursive: true });
    await takeAll(browser, worker, directory);
  } else await takeForReadme(browser, worker);
} finally {
  await browser.close();
  await worker.dispose();
  refusing.close();
}
