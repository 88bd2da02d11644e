import type { AppType } from "@bluehour/contract";
import type { ClientRequestOptions, hc } from "hono/client";
import { ValidationError } from "./errors.ts";

/**
 * The raw typed client: one property per path segment, one `$method` per HTTP method. Sends one request and
 * answers its `Response`, with no retries and no error classes; `!response.ok` narrows to the error's body. Rejects as
 * `fetch` does, and with a ValidationError for a parameter that is missing or is `.` or `..`.
 *
 * @example
 * const response = await bluehour.rpc.v1["image-projects"][":id"].timeline.$get({ param: { id } });
 * if (response.ok) console.log((await response.json()).items);
 * else console.error((await response.json()).message);
 */
export type RpcClient = ReturnType<typeof hc<AppType>>;

/** What a call passes, as far as our routes take it. */
interface CallArguments {
  readonly param?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | string[] | undefined>>;
  readonly json?: unknown;
}

/**
 * `hc<AppType>` under one name, so that the compiler instantiates the type once and not at each use. The types are
 * hono's, the few lines behind them ours: `hono/client` is 2 kB in a page, and puts parameters into the path as they
 * are, where these are percent-encoded.
 *
 * @see https://hono.dev/docs/guides/rpc
 */
export function createRpc(
  baseUrl: string,
  { headers, fetch }: { headers: Record<string, string>; fetch: typeof globalThis.fetch },
): RpcClient {
  const base = baseUrl.replace(/\/+$/, "");

  function call(path: string[], args: CallArguments = {}, options: ClientRequestOptions = {}) {
    const method = path.at(-1)?.slice(1).toUpperCase() ?? "";
    const pathname = pathOf(path.slice(0, -1), args);
    if (method === "PATH") return pathname;
    if (method === "URL") return new URL(base + pathname);
    return send(base + pathname, method, args.json, options);
  }

  async function send(
    url: string,
    method: string,
    json: unknown,
    { headers: given, init, fetch: ownFetch = fetch }: ClientRequestOptions,
  ) {
    const type = json === undefined ? {} : { "Content-Type": "application/json" };
    const own = typeof given === "function" ? await given() : given;
    return ownFetch(url, {
      method,
      body: JSON.stringify(json),
      headers: { ...headers, ...own, ...type },
      ...init,
    });
  }

  const at = (path: string[]): unknown =>
    new Proxy(() => {}, {
      // A promise chain asks everything whether it is a promise.
      get: (_, key) => (typeof key === "string" && key !== "then" ? at([...path, key]) : undefined),
      apply: (_, __, [args, options]) => call(path, args, options),
    });
  // A proxy answers to any name; which there are is the type's to say.
  return at([]) as RpcClient;
}

/** @throws ValidationError for a parameter that is missing, or that a URL would resolve away */
function pathOf(segments: string[], { param = {}, query = {} }: CallArguments): string {
  const path = segments.map((segment) => {
    if (!segment.startsWith(":")) return segment;
    const name = segment.slice(1);
    const value = param[name] ?? "";
    if (/^\.{0,2}$/.test(value)) throw new ValidationError(`Not a value for "${name}": "${value}"`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, values] of Object.entries(query)) {
    for (const value of [values].flat()) if (value !== undefined) search.append(name, value);
  }
  // `index` is how hono names the path of the folder itself.
  return `/${path.join("/").replace(/\/?index$/, "")}${search.size ? `?${search}` : ""}`;
}
