import { defineConfig } from "vitest/config";

export default defineConfig({
  // A block may start a Worker, a development server or a browser; on a busy machine each takes seconds.
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
