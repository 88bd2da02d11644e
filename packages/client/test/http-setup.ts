import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { TOKEN } from "./fake-bluehour.ts";
import { startHttpBluehour } from "./http-bluehour.ts";

declare module "vitest" {
  interface ProvidedContext {
    bluehour: { url: string; token: string };
    /** Where images go in Node. */
    directory: string;
  }
}

/** One server for all runtimes, over real HTTP. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await startHttpBluehour();
  const directory = await mkdtemp(join(tmpdir(), "bluehour-everywhere-"));
  project.provide("bluehour", { url: server.url, token: TOKEN });
  project.provide("directory", directory);
  return async () => {
    await server.close();
    await rm(directory, { recursive: true });
  };
}
