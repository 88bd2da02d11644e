import { startFakeUpstream } from "@bluehour/providers/fake-upstream";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    upstreamUrl: string;
  }
}

/** One fake upstream for all tests inside workerd; faults are asked for by markers in the prompts. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const upstream = await startFakeUpstream({ apiKey: "fake-key" });
  project.provide("upstreamUrl", upstream.url);
  return () => upstream.close();
}
