import type { Exchange } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import type { Job } from "./job.ts";

/** One path of a provider's API. */
export interface DialectRoute {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Matches the whole decoded path; what it captures is handed on. */
  readonly path: RegExp;
  handle(state: FakeState, exchange: Exchange, ...captured: string[]): void | Promise<void>;
}

/** How one provider speaks HTTP: everything in which its fake differs from those of the others. */
export interface Dialect {
  /** The header that holds the key, and how; none for a provider without keys. */
  readonly key?: { readonly header: string; value(apiKey: string): string };
  /** Below it the key is asked for; addresses of images and uploads are signed instead. */
  readonly api: RegExp;
  /** The body of an error, for refusals and for scripted faults. */
  errorBody(status: number, message: string): unknown;
  readonly routes: readonly DialectRoute[];
  /** What is asked to learn whether a key is good, and what the holder of one is told. */
  readonly check: { readonly path: RegExp; readonly body: unknown };
  /** What a callback says; left out if there are none. */
  callbackBody?(state: FakeState, job: Job): unknown;
}
