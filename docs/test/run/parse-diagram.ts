import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";

/** The global that Mermaid's script makes. */
declare const mermaid: { parse(text: string): Promise<unknown> };

/** Mermaid's own build for pages: one file of 2.9 MB, where the package `mermaid` comes with 200 MB. */
const SCRIPT = fileURLToPath(import.meta.resolve("@mermaid-js/tiny"));

/**
 * Parses a diagram as GitHub does: by Mermaid, which needs a browser's document.
 *
 * @throws Error saying where Mermaid stopped, and what it expected there
 */
export async function parseDiagram(text: string, browser: Browser): Promise<void> {
  const page = await browser.newPage();
  try {
    await page.addScriptTag({ path: SCRIPT });
    await page.evaluate((diagram) => mermaid.parse(diagram), text);
  } finally {
    await page.close();
  }
}
