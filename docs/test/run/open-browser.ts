import chromium from "@sparticuz/chromium";
import { type Browser, chromium as driver } from "playwright-core";

/** A Chromium that comes as a package: nothing is downloaded from anywhere else. */
export async function openBrowser(): Promise<Browser> {
  // Not the package's own arguments: they are for Lambda, one process without web security. Root has no sandbox.
  return driver.launch({ executablePath: await chromium.executablePath(), args: ["--no-sandbox"] });
}

/** Vitest calls it once, before any test: files of tests that unpack Chromium at once would start a half of it. */
export async function setup(): Promise<void> {
  await chromium.executablePath();
}
