// How fast the page is, in Chromium on the real Worker: what its script weighs, and Lighthouse's figures for the first
// visit and for a table full of images, on a desktop and as on a phone.
import { openBrowser } from "../../apps/playground/test/open-browser.ts";
import { SCRIPT_BUDGET_KB, weighPage } from "../../apps/playground/test/page-weight.ts";
import { startWorker } from "../../apps/playground/test/start-worker.ts";
import { openAccount } from "../../apps/playground/test/visitor.ts";

const IMAGES = 24;

/** Lighthouse's: a phone of the middle on slow 4G. */
const PHONE = {
  viewport: { width: 412, height: 823 },
  cpuSlowdown: 4,
  network: {
    offline: false,
    latency: 150,
    downloadThroughput: (1_638_400 / 8) * 0.9,
    uploadThroughput: (675_000 / 8) * 0.9,
  },
};
const DESKTOP = { viewport: { width: 1350, height: 940 }, cpuSlowdown: 1, network: null };

interface Figures {
  lcp: number;
  cls: number;
  tbt: number;
}

type Browser = Awaited<ReturnType<typeof openBrowser>>;

async function measure(
  browser: Browser,
  url: string,
  device: typeof PHONE | typeof DESKTOP,
): Promise<Figures> {
  const context = await browser.newContext({ viewport: device.viewport });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: device.cpuSlowdown });
    if (device.network) await session.send("Network.emulateNetworkConditions", device.network);
    await page.addInitScript(() => {
      const figures = { lcp: 0, cls: 0, tbt: 0 };
      Object.assign(window, { figures });
      const observe = (type: string, take: (entry: PerformanceEntry) => void) =>
        new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
      observe("largest-contentful-paint", (entry) => {
        figures.lcp = entry.startTime;
      });
      observe("layout-shift", (entry) => {
        // Properties of a layout-shift entry, which TypeScript does not know.
        const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
        if (!hadRecentInput) figures.cls += value;
      });
      observe("longtask", (entry) => {
        figures.tbt += Math.max(0, entry.duration - 50);
      });
    });
    await page.goto(url);
    await page.waitForLoadState("networkidle");
    // The init script's.
    return await page.evaluate(() => (window as unknown as { figures: Figures }).figures);
  } finally {
    await context.close();
  }
}

async function layTable(url: string): Promise<string> {
  const token = await openAccount(url);
  for (let made = 0; made < IMAGES; made += 4) {
    await fetch(`${url}/v1/ai-image-generator`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", Prefer: "wait=60" },
      body: JSON.stringify({ image_count: 4, aspect_ratio: "16:9", style: { prompt: `hills ${made}` } }),
    });
  }
  return token;
}

const worker = await startWorker({ SKETCH_RENDER_MS: "50" });
const browser = await openBrowser();
try {
  const { script, style } = await weighPage(worker.url);
  console.log(
    `script ${script.toFixed(1)} kB gzipped of ${SCRIPT_BUDGET_KB} (× ${(script / SCRIPT_BUDGET_KB).toFixed(2)}), style ${style.toFixed(1)} kB`,
  );
  const token = await layTable(worker.url);
  const pages = [
    ["first visit", worker.url],
    [`${IMAGES} images`, `${worker.url}/#token=${token}`],
  ] as const;
  console.log(`${"".padEnd(28)}${"LCP".padStart(10)}${"CLS".padStart(8)}${"TBT".padStart(9)}`);
  for (const [device, name] of [
    [DESKTOP, "desktop"],
    [PHONE, "phone, slow 4G"],
  ] as const) {
    for (const [what, url] of pages) {
      const { lcp, cls, tbt } = await measure(browser, url, device);
      const figures =
        `${lcp.toFixed(0)} ms`.padStart(10) + cls.toFixed(3).padStart(8) + `${tbt.toFixed(0)} ms`.padStart(9);
      console.log(`${`${what}, ${name}`.padEnd(28)}${figures}`);
    }
  }
  if (script > SCRIPT_BUDGET_KB) process.exitCode = 1;
} finally {
  await browser.close();
  await worker.dispose();
}
