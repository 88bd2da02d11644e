import { DIALECTS, type FakedProvider } from "./dialects.ts";
import { type FakeUpstream, type FakeUpstreamOptions, startFake } from "./start-fake.ts";

export { DIALECTS, type FakedProvider } from "./dialects.ts";
export type { FakeUpstream } from "./start-fake.ts";

/**
 * A provider's API over real HTTP on 127.0.0.1; Magic Hour's, if none is named.
 *
 * @example
 * const upstream = await startFakeUpstream({ provider: "replicate" });
 * upstream.script({ type: "status", on: "submit", status: 503, times: 2 });
 */
export function startFakeUpstream({
  provider = "magic-hour",
  ...options
}: FakeUpstreamOptions & { provider?: FakedProvider } = {}): Promise<FakeUpstream> {
  return startFake(DIALECTS[provider], options);
}
