import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each file has a Chromium and a Worker, which mostly wait.
    maxWorkers: 2,
    // Conditions of a browser on a busy machine.
    expect: { poll: { timeout: 15_000 } },
  },
});
