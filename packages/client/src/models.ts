import type { ModelList } from "@bluehour/contract";
import { call } from "./call.ts";
import type { RpcClient } from "./rpc.ts";
import type { ScopeOptions } from "./scope.ts";

/** `/v1/models`: what can be asked for as `model`. */
export interface Models {
  /**
   * The whole catalogue, `default` first: prices, sizes, and what is available.
   *
   * @example
   * const { items } = await bluehour.v1.models.list();
   * const editors = items.filter((model) => model.available && model.edits);
   */
  list(options?: ScopeOptions): Promise<ModelList>;
}

export function models(rpc: RpcClient): Models {
  return { list: (options) => call(options, (at) => rpc.v1.models.$get({}, at)) };
}
