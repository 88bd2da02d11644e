import { gzipSync } from "node:zlib";

/** Of the script of the first load, gzipped. */
export const SCRIPT_BUDGET_KB = 120;

/** What the page's script and style weigh as they are served, gzipped, in kB. @param url - of the page */
export async function weighPage(url: string): Promise<{ script: number; style: number }> {
  const page = await (await fetch(url)).text();
  const weightOf = async (pattern: RegExp) => {
    let total = 0;
    for (const [, path = ""] of page.matchAll(pattern)) {
      const body = await (await fetch(new URL(path, url))).arrayBuffer();
      total += gzipSync(Buffer.from(body), { level: 9 }).byteLength;
    }
    return total / 1000;
  };
  return {
    script: await weightOf(/(?:src|href)="(\/assets\/[^"]+\.js)"/g),
    style: await weightOf(/href="(\/assets\/[^"]+\.css)"/g),
  };
}
