import { join } from "node:path";
import { createClient, type Diagnostics } from "@bluehour/client";
import type { LocalWorker } from "../local-worker.ts";
import { CommandError } from "../terminal/command-error.ts";
import { userDirectory } from "../terminal/user-directory.ts";
import { checkRemote, NotReadyError, reasonOf } from "../worker/check-remote.ts";
import { openWorker } from "../worker/open-worker.ts";
import type { Target } from "../worker/target.ts";
import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";
import { checkWranglerToml } from "./check-wrangler-toml.ts";
import { DOCTOR_HELP, parseDoctorArguments } from "./doctor-arguments.ts";
import { type Finding, fault, ok } from "./finding.ts";
import { formatFindings, formatFindingsAsJson, hasFault } from "./format-findings.ts";
import { compareClocks, lookAtPlayground, lookForProbe } from "./look-from-outside.ts";

/** How long the Worker may take to look at itself, in milliseconds: it waits for others, 10 seconds each. */
const LIMIT_MS = 30_000;

/**
 * `doctor`: says whether a deployment is sound.
 *
 * @returns the process's exit code: 1 if there is a fault
 * @throws UsageError, CommandError, or the signal's reason
 */
export async function doctor(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = parseDoctorArguments(args, userDirectory());
  if (!options) {
    process.stdout.write(DOCTOR_HELP);
    return 0;
  }
  const { target, asJson } = options;
  const worker = await open(target, signal);
  try {
    const findings = [
      ...(await checkWranglerToml(join(WORKSPACE_ROOT, "wrangler.toml"))),
      ...(await examine(worker, target.kind === "remote", signal)),
    ];
    const format = asJson ? formatFindingsAsJson : formatFindings;
    process.stdout.write(format(worker.url, findings));
    return hasFault(findings) ? 1 : 0;
  } finally {
    await worker.stop();
  }
}

/** Whether a remote one is there at all is the first question of the examination. */
async function open(target: Target, signal: AbortSignal): Promise<LocalWorker> {
  if (target.kind === "remote") {
    return { url: target.url.replace(/\/+$/, ""), token: target.token, stop: async () => {} };
  }
  return openWorker(target, { note: (text) => process.stderr.write(`${text}\n`), signal });
}

async function examine(
  { url, token }: LocalWorker,
  isRemote: boolean,
  signal: AbortSignal,
): Promise<Finding[]> {
  try {
    await checkRemote(url, signal);
  } catch (error) {
    if (error instanceof NotReadyError) return [ok("reachable", "answers"), notReady(error)];
    if (!(error instanceof CommandError)) throw error;
    return [fault("reachable", error.message, "see that it is deployed, and that --url is its address")];
  }
  const answer = await ask(url, token, signal);
  if ("status" in answer) return [ok("reachable", "answers"), answer];
  const seen = [
    ok("reachable", `answers, version ${answer.version}`),
    compareClocks(answer.at, Date.now()),
    ...answer.checks,
    ...(await lookForProbe(answer, new URL(url).origin, signal)),
  ];
  return isRemote ? [...seen, await lookAtPlayground(url, signal)] : seen;
}

/** Settings without which nothing works: the Worker answers all requests with what is wrong, and how to set it. */
function notReady({ said }: NotReadyError): Finding {
  return fault("settings", said, "set what it names, and look again; docs/settings.md says what each takes");
}

/** Has the Worker look at itself. @returns a fault if it does not */
async function ask(url: string, token: string, signal: AbortSignal): Promise<Diagnostics | Finding> {
  const { rpc } = createClient({ baseUrl: url, token });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  try {
    const response = await rpc.v1.admin.diagnostics.$get({}, { init: { signal: limit } });
    if (response.ok) return await response.json();
    const { message } = await response.json();
    const said = `answered ${response.status}: ${message}`;
    if (response.status === 401) {
      return fault("token", said, "give the deployment's ADMIN_TOKEN as --token, or as BLUEHOUR_TOKEN");
    }
    if (response.status === 403) {
      return fault("token", said, "an account's token cannot ask for this: give ADMIN_TOKEN");
    }
    if (response.status === 404) {
      return fault("diagnostics", said, "the Worker is older than this command: deploy this version");
    }
    return fault("diagnostics", said, 'read what it logs: "wrangler tail"');
  } catch (error) {
    signal.throwIfAborted();
    return fault(
      "diagnostics",
      `no answer: ${reasonOf(error, LIMIT_MS)}`,
      'read what it logs: "wrangler tail"',
    );
  }
}
