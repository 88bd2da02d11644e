import { join } from "node:path";
import { build } from "esbuild";
import { openBrowser } from "./open-browser.ts";
import { parseDiagram } from "./parse-diagram.ts";
import { listen } from "./place.ts";

/** Pages of a site of somebody's own, and a browser that looks at them. */
export interface Pages {
  /** Where the site is. */
  readonly origin: string;
  /** Runs a program in an empty page of the site. @throws Error for what it throws */
  run(path: string, variables: Readonly<Record<string, string>>): Promise<void>;
  /** Uses a page as a visitor does: writes a prompt, presses the button, waits for an image. */
  paint(url: string, prompt: string): Promise<void>;
  /** @throws Error for a diagram that Mermaid does not understand */
  parse(diagram: string): Promise<void>;
  close(): Promise<void>;
}

/** A program that throws says so; one that is done does too. */
const HARNESS = `<!doctype html><title>A page</title><div id="root"></div>
<script>addEventListener("error", ({ message }) => { globalThis.failure = message; });</script>`;

export async function openPages(): Promise<Pages> {
  const site = await listen((_, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(HARNESS);
  });
  const browser = await openBrowser();
  return {
    origin: site.url,
    async run(path, variables) {
      const { outputFiles } = await build({
        stdin: {
          contents: `import ${JSON.stringify(path)}; globalThis.isDone = true;`,
          resolveDir: join(path, ".."),
        },
        bundle: true,
        format: "esm",
        target: "es2024",
        jsx: "automatic",
        define: { "process.env": JSON.stringify(variables) },
        write: false,
      });
      const page = await browser.newPage();
      try {
        await page.goto(site.url);
        await page.addScriptTag({ type: "module", content: outputFiles[0]?.text ?? "" });
        await page.waitForFunction("globalThis.isDone || globalThis.failure");
        const failure = await page.evaluate<string | undefined>("globalThis.failure");
        if (failure) throw new Error(failure);
      } finally {
        await page.close();
      }
    },
    async paint(url, prompt) {
      const page = await browser.newPage();
      try {
        await page.goto(url);
        await page.getByRole("textbox").fill(prompt);
        await page.getByRole("button").click();
        const image = page.getByRole("img", { name: prompt });
        await image.waitFor();
        await page.waitForFunction("document.querySelector('img').naturalWidth > 0");
      } finally {
        await page.close();
      }
    },
    parse: (diagram) => parseDiagram(diagram, browser),
    async close() {
      await Promise.all([browser.close(), site.close()]);
    },
  };
}
