import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // The Worker's own log would bury the tests' names.
    onConsoleLog: (line) => !line.startsWith('{"level":"info"'),
    projects: [
      {
        // Inside workerd, on real Durable Objects and R2.
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: "../../wrangler.toml" },
            miniflare: {
              bindings: {
                ADMIN_TOKEN: "admin-token",
                SIGNING_SECRET: "signing-secret",
                DEFAULT_MODEL: "magic-hour/default",
                MAGIC_HOUR_API_KEY: "fake-key",
                MAGIC_HOUR_BASE_URL: inject("upstreamUrl"),
                ALLOW_PRIVATE_HOSTS: "true",
                SKETCH_RENDER_MS: "50",
              },
            },
          })),
        ],
        test: {
          name: "workerd",
          include: ["src/**/*.test.ts"],
          globalSetup: ["test/upstream-setup.ts"],
          testTimeout: 60_000,
          // Conditions of jobs come with polls and alarms, on a machine that runs other tests beside.
          expect: { poll: { timeout: 15_000 } },
        },
      },
      {
        // From outside, over HTTP, as users reach it.
        test: { name: "outside", include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
