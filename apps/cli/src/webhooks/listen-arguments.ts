import { UsageError } from "../terminal/command-error.ts";
import { parseFlags } from "../terminal/parse-flags.ts";
import { type Target, targetOf } from "../worker/target.ts";

export interface ListenArguments {
  /** Undefined: events are printed, and go nowhere. */
  readonly forwardTo: URL | undefined;
  readonly target: Target;
}

/**
 * @param directory - what relative paths are relative to
 * @returns null when help is asked for
 * @throws UsageError
 */
export function parseListenArguments(args: readonly string[], directory: string): ListenArguments | null {
  const { values, words } = parseFlags(args, {
    "forward-to": "text",
    url: "text",
    token: "text",
    "persist-to": "text",
    var: "list",
    help: "switch",
  });
  if (values.help) return null;
  if (words.length > 0) throw new UsageError(`webhooks listen takes no "${words[0]}"; see --help`);
  const target = targetOf(values, directory);
  if (target.kind === "remote" && !isOnThisMachine(new URL(target.url))) {
    throw new UsageError(
      `${target.url} cannot reach this machine: open a tunnel to your receiver, and create a webhook for its address`,
    );
  }
  return { forwardTo: receiverOf(values["forward-to"]), target };
}

function receiverOf(address: string | undefined): URL | undefined {
  if (address === undefined) return undefined;
  // As people say it: `localhost:3000/hook`.
  const url = URL.parse(/^https?:/i.test(address) ? address : `http://${address}`);
  if (url) return url;
  throw new UsageError(
    `--forward-to cannot be "${address}"; an address such as http://localhost:3000/hook is expected`,
  );
}

function isOnThisMachine({ hostname }: URL): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

/** What `webhooks listen --help` says. */
export const LISTEN_HELP = `Usage: pnpm run webhooks listen [flags]

Prints the events of the local Worker's jobs as they come, and forwards them to a receiver that runs
on this machine, until Ctrl-C. Uses the Worker of a running dev, or starts one.

  --forward-to URL  where events go, such as localhost:3000/hook; if left out, they are only printed
  --url URL         a Worker of this machine that was started otherwise
  --token TOKEN     an account's token there; default: BLUEHOUR_TOKEN of the environment
  --persist-to DIR  the local Worker's state (.bluehour)
  --var NAME:value  a setting of the local Worker, repeatable
  --help            this
`;
