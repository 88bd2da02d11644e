import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/run/require-commands.ts", "test/run/open-browser.ts"],
    // A block may start a Worker, a development server or a browser; on a busy machine each takes seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
