import { type BluehourClient, type ClientOptions, connect } from "../connect.ts";
import { diskFiles } from "./disk-files.ts";

/**
 * A client of one Bluehour Worker. Images arrive as files on disk in Node, Deno and Bun, and as
 * `File`s everywhere else.
 *
 * @throws TypeError if `baseUrl` is not an http(s) URL
 * @example
 * const bluehour = createClient({ baseUrl: "http://localhost:8787", token });
 * const { downloaded_paths } = await bluehour.v1.aiImageGenerator.generate({
 *   image_count: 1,
 *   style: { prompt: "a lighthouse at dusk" },
 * });
 */
export function createClient(options: ClientOptions): BluehourClient {
  return connect(options, diskFiles);
}
