import type { ModelList } from "@bluehour/contract";
import { abortable } from "./abortable.ts";
import type { Platform } from "./platform.ts";
import { responseError } from "./response-error.ts";
import { retry } from "./retry.ts";
import type { RpcClient } from "./rpc.ts";
import { inScope, type ScopeOptions } from "./scope.ts";

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

export function models(rpc: RpcClient, platform: Platform): Models {
  const read = async (signal: AbortSignal) => {
    const response = await rpc.v1.models.$get({}, { init: { signal } });
    if (!response.ok) throw await responseError(response);
    return response.json();
  };
  return {
    list: (options = {}) =>
      inScope(platform, options, ({ signal }) =>
        retry(platform, { signal, tryTimeoutMs: 30_000, maxTries: 5 }, (trySignal) =>
          abortable(read(trySignal), trySignal),
        ),
      ),
  };
}
