/**
 * Settings that a local Worker takes from the environment: those that say who paints. Others stand in `.dev.vars`, so
 * that a stray variable does not change what a Worker does.
 */
const NAMES =
  /^(?:(?:BFL|FAL|GOOGLE|MAGIC_HOUR|OPENAI|REPLICATE|STABILITY)_(?:API_KEY|BASE_URL)|COMFYUI_(?:BASE_URL|WORKFLOWS)|DEFAULT_MODEL|MODELS|ALLOW_PRIVATE_HOSTS)$/;

/** The settings among the variables of an environment. An empty one is none. */
export function environmentVars(environment: NodeJS.ProcessEnv): Record<string, string> {
  const vars: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value && NAMES.test(name)) vars[name] = value;
  return vars;
}
