import type { Provider } from "@bluehour/core";

type TroubledCall = "submit" | "poll" | "check";

/**
 * What the contract suite can make a provider's fake service do wrong, once, with the next call or job. Each
 * adapter's fake says it in its own provider's language.
 */
export type Trouble =
  /** 429 that asks to wait so long. */
  | { readonly type: "throttled"; readonly on: TroubledCall; readonly retryAfterSeconds: number }
  /** 5xx of a server that did not do it. */
  | { readonly type: "server-error"; readonly on: TroubledCall }
  /** 504 of a gateway: who knows what the server behind it did. */
  | { readonly type: "gateway-timeout"; readonly on: TroubledCall }
  /** 2xx with a body that is not JSON. */
  | { readonly type: "garbage"; readonly on: TroubledCall }
  /** The key is refused. */
  | { readonly type: "unauthorized"; readonly on: TroubledCall }
  /** No answer, ever. */
  | { readonly type: "hung"; readonly on: TroubledCall }
  /** The connection breaks before the work is done. */
  | { readonly type: "dropped"; readonly on: TroubledCall }
  /** The answer breaks off in the middle; the work is done. */
  | { readonly type: "cut"; readonly on: TroubledCall }
  /** The connection breaks after the work is done. */
  | { readonly type: "dropped-after"; readonly on: "submit" }
  /** The submit is refused as invalid, with this message. */
  | { readonly type: "invalid"; readonly message: string }
  /** The submit names a model that the provider does not have, does not have any more, or keeps from this key. */
  | { readonly type: "no-such-model" }
  /** The prompt offends the provider, which says so at submit or when polled. */
  | { readonly type: "moderated" }
  /** Nobody listens where the provider should be. */
  | { readonly type: "unreachable" }
  /** The operation is stopped by somebody else. */
  | { readonly type: "canceled" }
  /** The next addresses of images that are handed out have expired. */
  | { readonly type: "expired-url" }
  /** The operation goes on and on. */
  | { readonly type: "still-running" }
  /** The operation is in a status that is not documented. */
  | { readonly type: "odd-status" }
  /** The provider no longer knows the operation. */
  | { readonly type: "vanished" };

/** A fake of a provider's service with the adapter that talks to it. */
export interface ContractUpstream {
  readonly provider: Provider;
  /** The same adapter with a key that is not good; none if the provider has none. */
  readonly stranger?: Provider;
  /** The key, which must stay out of operations, messages and foreign hosts; none if the provider has none. */
  readonly key?: string;
  /** Where the key may go. */
  readonly origin?: string;
  /** The way to it; the global `fetch` if left out. */
  readonly fetch?: (url: string, init?: RequestInit) => Promise<Response>;
  /** The adapter's clock; the real one if left out. */
  readonly now?: () => number;
  /** Makes the next fitting call or job go wrong. */
  readonly script?: (trouble: Trouble) => void;
  /** Lets time pass until what runs is done; left out where jobs take no time. */
  readonly finish?: () => void;
  /** Resolved when a call that will hang has arrived; for providers that do not go by `fetch`. */
  readonly hungCall?: Promise<void>;
  /** What it was asked to paint. */
  readonly submits?: readonly unknown[];
  /** The callbacks that it has sent. */
  readonly callbacks?: readonly { readonly url: string }[];
  /** Stops listening, so that connections are refused. */
  readonly stop?: () => Promise<void>;
}

export interface ContractOptions {
  /** A model that takes several images a call, where there is one. */
  readonly model: string;
  /** A model that edits, where neither `model` nor `default` does. */
  readonly editor?: string;
  /** Called for each test. */
  readonly start: () => ContractUpstream | Promise<ContractUpstream>;
  /** Whether submit answers with the images, so that there is nothing to poll; false if left out. */
  readonly atOnce?: boolean;
  /** Troubles this provider cannot have; `"network"`: it has no network, so all it can do is take its time. */
  readonly without?: "network" | readonly Trouble["type"][];
}
