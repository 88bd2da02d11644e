import { magicHour } from "../fixtures/magic-hour/dialect.ts";
import { type FakeUpstream, type FakeUpstreamOptions, startFake } from "./start-fake.ts";

export type { FakeUpstream } from "./start-fake.ts";

/**
 * Magic Hour's image API over real HTTP on 127.0.0.1.
 *
 * @example
 * const upstream = await startFakeUpstream();
 * upstream.script({ type: "status", on: "submit", status: 503, times: 2 });
 */
export function startFakeUpstream(options: FakeUpstreamOptions = {}): Promise<FakeUpstream> {
  return startFake(magicHour, options);
}
