import { cloudflareTest } from "@cloudflare/vitest-plugin";
import chromium from "@sparticuz/chromium";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const EVERYWHERE = "src/everywhere.test.ts";
const REAL_WORKER = "src/real-worker.test.ts";
const globalSetup = ["test/http-setup.ts"];
const workerSetup = ["test/worker-setup.ts"];

const executablePath = await chromium.executablePath();

/** A new one for each project: vitest writes into it. */
const inChromium = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  // A Chromium that comes as a package: nothing is downloaded from anywhere else.
  provider: playwright({
    launchOptions: { executablePath, args: chromium.args },
  }),
  instances: [{ browser: "chromium" as const }],
});

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: "node", include: ["src/**/*.test.ts"], exclude: [REAL_WORKER], globalSetup },
      },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: "2026-11-01" } })],
        test: { name: "workerd", include: [EVERYWHERE], globalSetup },
      },
      { test: { name: "chromium", include: [EVERYWHERE], globalSetup, browser: inChromium() } },
      {
        test: {
          name: "real Worker, node",
          include: [REAL_WORKER],
          globalSetup: workerSetup,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "real Worker, chromium",
          include: [REAL_WORKER],
          globalSetup: workerSetup,
          testTimeout: 60_000,
          browser: inChromium(),
        },
      },
    ],
  },
});
