// What the generating call of each client weighs in a page: bundled for browsers, minified and gzipped.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

interface Candidate {
  readonly name: string;
  /** The code of a page that generates an image with it. */
  readonly page: string;
  /** A client that does not run in browsers is measured for Node. */
  readonly platform: "browser" | "node";
}

const OURS = fileURLToPath(new URL("../../packages/client/src/web/index.ts", import.meta.url));

const CANDIDATES: readonly Candidate[] = [
  {
    name: "@bluehour/client",
    platform: "browser",
    page: `import { createClient } from ${JSON.stringify(OURS)};
      const { v1 } = createClient({ baseUrl: location.origin, token: "t" });
      v1.aiImageGenerator.generate({ image_count: 1, style: { prompt: "p" } }).then(console.log);`,
  },
  {
    name: "@fal-ai/client",
    platform: "browser",
    page: `import { fal } from "@fal-ai/client";
      fal.config({ proxyUrl: "/proxy" });
      fal.subscribe("fal-ai/flux/schnell", { input: { prompt: "p" } }).then(console.log);`,
  },
  {
    name: "replicate",
    platform: "browser",
    page: `import Replicate from "replicate";
      new Replicate({ auth: "t" }).run("black-forest-labs/flux-schnell", { input: { prompt: "p" } }).then(console.log);`,
  },
  {
    name: "openai",
    platform: "browser",
    page: `import OpenAI from "openai";
      const client = new OpenAI({ apiKey: "t", dangerouslyAllowBrowser: true });
      client.images.generate({ model: "gpt-image-1", prompt: "p" }).then(console.log);`,
  },
  {
    name: "magic-hour",
    platform: "node",
    page: `import Client from "magic-hour";
      const client = new Client({ token: "t" });
      client.v1.aiImageGenerator.generate({ imageCount: 1, orientation: "square", style: { prompt: "p" } }).then(console.log);`,
  },
];

/** All that is loaded for the call: the page's own file, and what that imports; not what waits for other calls. */
async function weigh({ page, platform }: Candidate) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: page, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform,
    write: false,
    metafile: true,
    outdir: import.meta.dirname,
    logLevel: "error",
  });
  const loaded = new Set<string>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: imported, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && !external) load(imported);
    }
  };
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint === "<stdin>") load(path);
  let minified = 0;
  let gzipped = 0;
  for (const { path, contents } of outputFiles) {
    if (!loaded.has(relative(process.cwd(), path))) continue;
    minified += contents.byteLength;
    gzipped += gzipSync(contents, { level: 9 }).byteLength;
  }
  return { minified, gzipped };
}

const rows = await Promise.all(CANDIDATES.map(async (each) => ({ ...each, ...(await weigh(each)) })));
const [ours] = rows;
for (const { name, platform, minified, gzipped } of rows) {
  const ratio = ours ? gzipped / ours.gzipped : Number.NaN;
  console.log(
    [
      name.padEnd(18),
      `${(minified / 1000).toFixed(1)} kB`.padStart(10),
      `${(gzipped / 1000).toFixed(2)} kB gzipped`.padStart(18),
      `× ${ratio.toFixed(1)}`.padStart(7),
      platform === "node" ? "  (Node only)" : "",
    ].join(""),
  );
}
