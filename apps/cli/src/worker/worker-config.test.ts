import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readWorkerConfig } from "./worker-config.ts";

async function read(toml: string) {
  const directory = await mkdtemp(join(tmpdir(), "bluehour-config-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, "wrangler.toml");
  await writeFile(path, toml);
  return { directory, config: await readWorkerConfig(path) };
}

const BASE = 'name = "w"\nmain = "src/index.ts"\ncompatibility_date = "2026-11-01"\n';

test("says in Miniflare's words what wrangler.toml says", async () => {
  const { directory, config } = await read(`${BASE}
compatibility_flags = ["nodejs_compat"]
[vars]
A = "text"
B = { c = 1 }
[ai]
binding = "AI"
[build]
command = "make"
[assets]
directory = "page/dist"
not_found_handling = "single-page-application"
run_worker_first = ["/v1/*"]
[[durable_objects.bindings]]
name = "JOBS"
class_name = "JobObject"
[[durable_objects.bindings]]
name = "OLD"
class_name = "OldObject"
[[migrations]]
tag = "v1"
new_sqlite_classes = ["JobObject"]
[[r2_buckets]]
binding = "IMAGES"
bucket_name = "images"
`);
  expect(config).toEqual({
    main: join(directory, "src/index.ts"),
    config: {
      name: "w",
      compatibilityDate: "2026-11-01",
      compatibilityFlags: ["nodejs_compat"],
      env: {
        A: { type: "text", value: "text" },
        B: { type: "json", value: { c: 1 } },
        JOBS: { type: "durable-object", worker: "w", exportName: "JobObject" },
        OLD: { type: "durable-object", worker: "w", exportName: "OldObject" },
        IMAGES: { type: "r2", name: "images" },
      },
      exports: {
        JobObject: { type: "durable-object", storage: "sqlite" },
        OldObject: { type: "durable-object", storage: "legacy-kv" },
      },
    },
    assets: {
      directory: join(directory, "page/dist"),
      htmlHandling: undefined,
      notFoundHandling: "single-page-application",
      runWorkerFirst: ["/v1/*"],
      hasUserWorker: true,
    },
    build: { command: "make", directory },
  });
});

test("a binding that the local Worker would lack is not passed over", async () => {
  await expect(read(`${BASE}[[kv_namespaces]]\nbinding = "KV"\nid = "1"\n`)).rejects.toThrow(
    "the local Worker has no kv_namespaces",
  );
});

test("a field that is missing is named", async () => {
  await expect(read('name = "w"\nmain = "a.ts"\n')).rejects.toThrow(/wrangler\.toml: compatibility_date: /);
});
