import type { FileStore } from "./file-store.ts";
import { type AiImageGenerator, aiImageGenerator } from "./image-generator.ts";
import { type ImageProjects, imageProjects } from "./image-projects.ts";
import { type Models, models } from "./models.ts";
import { systemPlatform } from "./platform.ts";
import { createRequests } from "./requests.ts";
import { createRpc, type RpcClient } from "./rpc.ts";

export interface ClientOptions {
  /** Where the Worker is, e.g. `https://images.example.com`. */
  readonly baseUrl: string | URL;
  /** An account's token. */
  readonly token: string;
  /** Replaces the global `fetch`: to add a proxy or logs, or to test without a network. */
  readonly fetch?: typeof fetch | undefined;
}

export interface BluehourClient {
  readonly v1: {
    readonly aiImageGenerator: AiImageGenerator;
    readonly imageProjects: ImageProjects;
    readonly models: Models;
  };
  /** Every endpoint, typed, one request a call: no retries, no waiting, answers are `Response`s. */
  readonly rpc: RpcClient;
}

/**
 * A client over a place for images.
 *
 * @throws TypeError if `baseUrl` is not an http(s) URL
 */
export function connect({ baseUrl, token, fetch }: ClientOptions, files: FileStore): BluehourClient {
  const url = new URL(baseUrl);
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`baseUrl must be http or https: ${baseUrl}`);
  const platform = systemPlatform(files, fetch);
  const headers = { Authorization: `Bearer ${token}` };
  const rpc = createRpc(url.origin + url.pathname, { headers, fetch: platform.fetch });
  const requests = createRequests(rpc, platform);
  return {
    v1: {
      aiImageGenerator: aiImageGenerator(requests, platform),
      imageProjects: imageProjects(requests, platform),
      models: models(rpc, platform),
    },
    rpc,
  };
}
