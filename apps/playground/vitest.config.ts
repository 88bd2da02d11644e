import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One Chromium and one Worker at a time: the machine has other tests to run.
    fileParallelism: false,
    // Conditions of a browser on a busy machine.
    expect: { poll: { timeout: 15_000 } },
  },
});
