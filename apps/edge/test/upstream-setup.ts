import { startFakeUpstream } from "@bluehour/providers/fake-upstream";
import type { TestProject } from "vitest/node";
import { startReceivers } from "./receiver.ts";

/** One fake upstream for all tests inside workerd, whose faults are asked for in the prompts; and who is told of jobs. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const [upstream, receivers] = await Promise.all([
    startFakeUpstream({ apiKey: "fake-key" }),
    startReceivers(),
  ]);
  project.provide("upstreamUrl", upstream.url);
  project.provide("receiversUrl", receivers.url);
  return async () => void (await Promise.all([upstream.close(), receivers.close()]));
}
