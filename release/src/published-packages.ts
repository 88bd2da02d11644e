import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";

/** The checkout: this file is in `release/src/`. */
export const WORKSPACE_ROOT = join(import.meta.dirname, "../..");

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  private: z.boolean().default(false),
  repository: z.object({ type: z.string(), url: z.string(), directory: z.string().optional() }).optional(),
});

export interface PublishedPackage extends z.output<typeof manifestSchema> {
  /** Relative to the root, e.g. `packages/client`. */
  readonly directory: string;
}

/** The packages that go to npm: those of `packages/` that are not private. */
export async function publishedPackages(root = WORKSPACE_ROOT): Promise<PublishedPackage[]> {
  const names = await readdir(join(root, "packages"));
  const all = await Promise.all(
    names.map(async (name) => {
      const directory = `packages/${name}`;
      const text = await readFile(join(root, directory, "package.json"), "utf8");
      return { ...manifestSchema.parse(JSON.parse(text)), directory };
    }),
  );
  return all.filter((manifest) => !manifest.private);
}
