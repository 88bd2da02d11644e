import { defineConfig } from "vitest/config";

export default defineConfig({
  // Most tests run the CLI as a process; on a busy machine each may take seconds.
  test: { include: ["src/**/*.test.ts", "test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
