import { defineConfig } from "vitest/config";

const EXAMPLES = "test/examples/**/*.test.ts";

export default defineConfig({
  test: {
    projects: [
      {
        // Most tests run the CLI as a process; on a busy machine each may take seconds.
        test: {
          name: "cli",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: [EXAMPLES],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Each installs an example first; on a cold machine that is a download.
        test: { name: "examples", include: [EXAMPLES], testTimeout: 180_000, hookTimeout: 60_000 },
      },
    ],
  },
});
