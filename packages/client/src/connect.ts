import { type Account, account } from "./account.ts";
import { BluehourError } from "./errors.ts";
import type { FileStore } from "./file-store.ts";
import { type Files, fileCalls } from "./files.ts";
import { type AiImageEditor, aiImageEditor } from "./image-editor.ts";
import { type AiImageGenerator, aiImageGenerator } from "./image-generator.ts";
import { type ImageProjects, imageProjects } from "./image-projects.ts";
import { type Models, models } from "./models.ts";
import type { Platform } from "./platform.ts";
import { createRequests } from "./requests.ts";
import { createRpc, type RpcClient } from "./rpc.ts";
import { type Webhooks, webhooks } from "./webhooks.ts";

/** Which Worker to talk to, and how. */
export interface ClientOptions {
  /** Where the Worker is, e.g. `https://images.example.com`; http or https. A path in it stands before all others. */
  readonly baseUrl: string | URL;
  /** An account's token; in a page a browser token, which `account.tokens.create` issues. */
  readonly token: string;
  /**
   * Replaces the global `fetch`: to add a proxy or logs, or to test without a network. Or what has a `fetch`, such as a
   * Worker's service binding: the binding itself, since its `fetch` cannot be called without it.
   *
   * @example createClient({ baseUrl, token, fetch: env.BLUEHOUR })
   */
  readonly fetch?: typeof fetch | { readonly fetch: typeof fetch } | undefined;
}

/** A client of one Worker, for one token. */
export interface BluehourClient {
  /**
   * Calls that wait, retry and throw typed errors: beside those that each names, AuthenticationError, NetworkError and
   * ServerError, TimeoutError after its `timeoutMs`, and AbortError by its `signal`.
   */
  readonly v1: {
    readonly aiImageGenerator: AiImageGenerator;
    readonly aiImageEditor: AiImageEditor;
    readonly imageProjects: ImageProjects;
    readonly files: Files;
    readonly models: Models;
    readonly account: Account;
    readonly webhooks: Webhooks;
  };
  /** Every endpoint, typed, one request a call: no retries, no waiting, answers are `Response`s. */
  readonly rpc: RpcClient;
}

/**
 * A client over the files of a platform.
 *
 * @throws TypeError if `baseUrl` is not an http(s) URL
 */
export function connect({ baseUrl, token, fetch }: ClientOptions, store: FileStore): BluehourClient {
  const url = new URL(baseUrl);
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`baseUrl must be http or https: ${baseUrl}`);
  // A binding's `fetch` cannot be called without the binding.
  const customFetch = typeof fetch === "object" ? fetch.fetch.bind(fetch) : fetch;
  const send: typeof globalThis.fetch = (input, init) => {
    try {
      // Without a `this`, since the platform's own `fetch` refuses others. Tests replace the global one.
      return (customFetch ?? globalThis.fetch)(input, init);
    } catch (cause) {
      // The network's failures come as rejections. What is thrown instead is a mistake, which no retry mends.
      throw new BluehourError(`Cannot call fetch (${cause}): pass a binding, not its fetch`, { cause });
    }
  };
  const platform: Platform = { files: store, fetch: send, customFetch };
  const headers = { Authorization: `Bearer ${token}` };
  const rpc = createRpc(url.origin + url.pathname, { headers, fetch: send });
  const requests = createRequests(rpc);
  const { files, upload } = fileCalls(rpc, platform);
  return {
    v1: {
      aiImageGenerator: aiImageGenerator(rpc, requests, platform),
      aiImageEditor: aiImageEditor(rpc, requests, platform, upload),
      imageProjects: imageProjects(rpc, requests, platform),
      files,
      models: models(rpc),
      account: account(rpc),
      webhooks: webhooks(rpc),
    },
    rpc,
  };
}
