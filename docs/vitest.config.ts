import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/run/require-commands.ts", "test/run/open-browser.ts"],
    // A block may start a Worker, a development server or a browser; on a busy machine each takes seconds.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Documents that are followed at a time: what their blocks start would hold up more, on two cores.
    maxConcurrency: 2,
    env: {
      // Blocks start some two hundred processes, most of them the same few programs: Node compiles each once.
      NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"),
      // The banner comes with a request for wrangler's newest version.
      WRANGLER_HIDE_BANNER: "true",
    },
  },
});
