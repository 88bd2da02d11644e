import type { AppType } from "@bluehour/contract";
import { type ClientRequestOptions, hc } from "hono/client";

/**
 * The raw typed client: one property per path segment, one `$method` per HTTP method. Sends one request and
 * answers its `Response`, with no retries and no error classes.
 *
 * @example
 * const response = await bluehour.rpc.v1["image-projects"][":id"].timeline.$get({ param: { id } });
 * if (response.ok) console.log((await response.json()).items);
 */
export type RpcClient = ReturnType<typeof hc<AppType>>;

/**
 * `hc<AppType>` under one name, so that the compiler instantiates the type once and not at each use.
 *
 * @see https://hono.dev/docs/guides/rpc#compile-your-code-before-using-it-recommended
 */
export function createRpc(baseUrl: string, options: ClientRequestOptions): RpcClient {
  return hc<AppType>(baseUrl, options);
}
