import { type BluehourClient, type ClientOptions, connect } from "../connect.ts";
import { memoryFiles } from "./memory-files.ts";

/**
 * A client of one Bluehour Worker. Images arrive as `File`s.
 *
 * @throws TypeError if `baseUrl` is not an http(s) URL
 * @example
 * const bluehour = createClient({ baseUrl: "http://localhost:8787", token });
 * const { files } = await bluehour.v1.aiImageGenerator.generate({
 *   image_count: 1,
 *   style: { prompt: "a lighthouse at dusk" },
 * });
 */
export function createClient(options: ClientOptions): BluehourClient {
  return connect(options, memoryFiles);
}
