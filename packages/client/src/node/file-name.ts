import type { Download } from "@bluehour/contract";
import { lastSegment } from "../last-segment.ts";

const MAX_LENGTH = 200;

/** Everything that is not a letter, a digit, or one of `. _ - ( ) + ,` and space, in any language. */
const UNSAFE = /[^\p{L}\p{N}._()+, -]+/gu;

/** Names that Windows keeps for devices, whatever the extension. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A file name for an image: the last segment of its URL, made safe for every file system. Never leads out of a
 * directory, whatever the server says.
 *
 * @example fileName({ url: "https://example.com/images/job-1.png", … }) // "job-1.png"
 */
export function fileName({ url, content_type }: Pick<Download, "url" | "content_type">): string {
  const name = lastSegment(url)
    .replace(UNSAFE, "_")
    .replace(/^[. ]+|[. ]+$/g, "")
    .slice(-MAX_LENGTH);
  if (name && !RESERVED.test(name)) return name;
  return `image.${/^image\/([a-z0-9]+)/i.exec(content_type)?.[1] ?? "bin"}`;
}
