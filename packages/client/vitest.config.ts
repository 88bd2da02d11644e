import { cloudflareTest } from "@cloudflare/vitest-plugin";
import chromium from "@sparticuz/chromium";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

const EVERYWHERE = "src/everywhere.test.ts";
const REAL_WORKER = "src/real-worker.test.ts";
const globalSetup = ["test/http-setup.ts"];
const withRealWorker = [...globalSetup, "test/worker-setup.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["src/**/*.test.ts"],
          globalSetup: withRealWorker,
        },
      },
      {
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: "2026-11-01" } })],
        test: { name: "workerd", include: [EVERYWHERE], globalSetup },
      },
      {
        test: {
          name: "chromium",
          include: [EVERYWHERE, REAL_WORKER],
          globalSetup: withRealWorker,
          // A second page ends this Chromium, which is a single process.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            // A Chromium that comes as a package: nothing is downloaded from anywhere else.
            provider: playwright({
              launchOptions: { executablePath: await chromium.executablePath(), args: chromium.args },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
