import { WORKSPACE_ROOT } from "../worker/workspace-root.ts";

/** Of the root's package.json: those that start this CLI. */
const SCRIPTS = new Set(["generate", "dev", "webhooks", "doctor", "example"]);

/**
 * The directory where the user is. `pnpm run` starts its scripts in the workspace's root and leaves in INIT_CWD
 * where it was called; a process that merely inherited that variable is not meant.
 */
export function userDirectory(): string {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env;
  const here = process.cwd();
  const startedByScript = SCRIPTS.has(script ?? "") && here === WORKSPACE_ROOT;
  return startedByScript && INIT_CWD ? INIT_CWD : here;
}
