import { UsageError } from "../terminal/command-error.ts";
import { listen } from "./listen.ts";
import { LISTEN_HELP } from "./listen-arguments.ts";

/**
 * `webhooks`: so far there is one thing to do with them here, `listen`.
 *
 * @throws UsageError, CommandError
 */
export async function webhooks(words: readonly string[], signal: AbortSignal): Promise<void> {
  // Package managers pass theirs on.
  const [command, ...args] = words[0] === "--" ? words.slice(1) : words;
  if (command === "listen") return listen(args, signal);
  if (command !== "--help" && command !== "-h") {
    throw new UsageError(
      command ? `webhooks cannot "${command}"; it can listen` : "webhooks listen is meant; see --help",
    );
  }
  process.stdout.write(LISTEN_HELP);
}
