import { type ProviderContext, ProviderError } from "@bluehour/core";
import * as z from "zod";
import {
  clipMessage,
  type Said,
  type Stakes,
  statusFailure,
  transportFailure,
  unreadableFailure,
} from "./http-failure.ts";

/** A provider's HTTP API, as the calls to it need to know it. */
export interface HttpUpstream {
  /** As written in messages, e.g. `Magic Hour`. */
  readonly name: string;
  /** Every path is appended to it, so what `headers` hold goes to its host only. */
  readonly baseUrl: string;
  /** Addresses that the provider's answers name may be used if they are https and their host is this or below it. */
  readonly domain?: string;
  /** Sent with every call; holds the key. */
  readonly headers: Readonly<Record<string, string>>;
  /** What must never show up in a message: the key. */
  readonly secrets: readonly string[];
  /** Finds in the body of an error what the provider says, and what it means where the status does not tell. */
  readonly errorSchema: z.ZodType<Said>;
}

export interface HttpCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Begins with a slash; or a whole address that an answer of the provider named. */
  readonly path: string;
  /** Sent as JSON, but for a form. */
  readonly body?: unknown;
  readonly stakes: Stakes;
}

/**
 * Calls a provider and reads its answer.
 *
 * @throws ProviderError for an answer that does not come, is not 2xx, or does not match the schema
 */
export async function callJson<T>(
  upstream: HttpUpstream,
  call: HttpCall,
  schema: z.ZodType<T>,
  context: ProviderContext,
): Promise<T> {
  return readJson(upstream, await send(upstream, call, context), call.stakes, schema, context);
}

/**
 * Asks for something that only the holder of a good key is told, and that costs nothing.
 *
 * @throws ProviderError `unauthorized` for a key that is refused
 */
export async function checkKey(
  upstream: HttpUpstream,
  path: string,
  context: ProviderContext,
): Promise<void> {
  await callJson(upstream, { method: "GET", path, stakes: "free" }, z.object({}), context);
}

/**
 * Calls a provider and hands over its answer, whatever its status: for statuses that mean something of their own.
 *
 * @throws ProviderError if no answer comes, or if the address is not the provider's
 */
export async function send(
  upstream: HttpUpstream,
  call: HttpCall,
  context: ProviderContext,
): Promise<Response> {
  const { body } = call;
  // A form brings its own type, with the boundary in it.
  const isJson = body !== undefined && !(body instanceof FormData);
  const type = isJson ? { "content-type": "application/json" } : {};
  return fetchAnswer(
    upstream.name,
    addressOf(upstream, call.path),
    {
      method: call.method,
      headers: { accept: "application/json", ...type, ...upstream.headers },
      ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
      // A redirect could carry the key to another host, and no API of ours needs one: it counts as a failure.
      redirect: "manual",
    },
    { stakes: call.stakes, context },
  );
}

/** @throws ProviderError for an address that is not the provider's: the key would go with the call */
function addressOf(upstream: HttpUpstream, path: string): string {
  const base = upstream.baseUrl.replace(/\/+$/, "");
  if (path.startsWith("/")) return `${base}${path}`;
  const url = URL.parse(path);
  const isOwn =
    url !== null && (url.origin === URL.parse(base)?.origin || isBelow(url, upstream.domain ?? ""));
  if (!isOwn)
    throw new ProviderError("unavailable", `${upstream.name} named an address on a host that is not its own`);
  return url.href;
}

function isBelow(url: URL, domain: string): boolean {
  const isNamed = domain !== "" && (url.hostname === domain || url.hostname.endsWith(`.${domain}`));
  return isNamed && url.protocol === "https:" && url.port === "";
}

/**
 * `fetch` under the call's time limit that throws nothing but `ProviderError`. Adds no key: also for addresses on
 * other hosts.
 */
export async function fetchAnswer(
  name: string,
  url: string,
  init: RequestInit,
  { stakes, context }: { stakes: Stakes; context: ProviderContext },
): Promise<Response> {
  if (context.signal.aborted) {
    throw new ProviderError("unavailable", `The time limit was over before ${name} was asked`);
  }
  if (!URL.canParse(url)) throw new ProviderError("unavailable", `${name} has no valid address`);
  try {
    return await context.fetch(url, { ...init, signal: context.signal });
  } catch (cause) {
    throw transportFailure(name, cause, { stakes, signal: context.signal });
  }
}

/** Reads the body of an answer. @throws ProviderError if it is not 2xx or does not match the schema */
export async function readJson<T>(
  upstream: HttpUpstream,
  response: Response,
  stakes: Stakes,
  schema: z.ZodType<T>,
  context: ProviderContext,
): Promise<T> {
  if (!response.ok) throw await readFailure(upstream, response, stakes, context);
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    throw transportFailure(upstream.name, cause, { stakes, signal: context.signal });
  }
  const answer = schema.safeParse(parseJson(text));
  // The cause names the fields that did not match; zod leaves their values out.
  if (!answer.success) throw unreadableFailure(upstream.name, stakes, answer.error);
  return answer.data;
}

/** The error that an answer outside 2xx stands for. */
export async function readFailure(
  upstream: HttpUpstream,
  response: Response,
  stakes: Stakes,
  context: ProviderContext,
): Promise<ProviderError> {
  // Without its body the status still tells the kind.
  const body = parseJson(await response.text().catch(() => ""));
  const said = upstream.errorSchema.safeParse(body);
  const message = said.success ? clipMessage(said.data.message, upstream.secrets) : "";
  const known = { ...(said.success ? said.data : {}), message };
  return statusFailure(upstream.name, response, { said: known, stakes, nowMs: context.now() });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
