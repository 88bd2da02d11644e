import type { WorkerOptions } from "miniflare";

type Env = NonNullable<WorkerOptions["config"]["env"]>;

const text = (value: string) => ({ type: "text", value }) as const;

/**
 * Whoever reaches a local Worker is on this machine, and could reach its private hosts anyway: receivers of webhooks,
 * images and providers that run here too.
 */
const LOCAL_DEFAULTS: Env = { ALLOW_PRIVATE_HOSTS: text("true") };

/**
 * Vars of wrangler.toml that say where the deployment is, which a local Worker is not: its images are not in that bucket,
 * and workerd knows no jurisdictions.
 */
const NOT_HERE: Env = { PUBLIC_URL: text(""), PUBLIC_IMAGES_URL: text(""), JURISDICTION: text("") };

/**
 * Bindings and vars of a local Worker.
 *
 * @param declared - by wrangler.toml
 * @param settings - given for the local Worker: these win
 */
export function localEnv(declared: Env | undefined, settings: Readonly<Record<string, string>>): Env {
  const given = Object.entries(settings).map(([name, value]) => [name, text(value)] as const);
  return { ...LOCAL_DEFAULTS, ...declared, ...NOT_HERE, ...Object.fromEntries(given) };
}
