import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

/** A Chromium that comes as a package: nothing is downloaded from anywhere else. */
export async function openBrowser(): Promise<Browser> {
  // Not the package's own arguments: they are for Lambda, one process without web security. Root has no sandbox.
  return driver.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox"] });
}
