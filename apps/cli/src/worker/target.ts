import { resolve } from "node:path";
import { UsageError } from "../terminal/command-error.ts";
import { variables } from "../terminal/flag-values.ts";

/** Which Worker is to do it. */
export type Target =
  | { readonly kind: "remote"; readonly url: string; readonly token: string }
  | { readonly kind: "local"; readonly persistTo: string | undefined; readonly vars: Record<string, string> };

interface TargetFlags {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly "persist-to": string | undefined;
  readonly var: readonly string[];
}

/**
 * @param directory - what relative paths are relative to
 * @throws UsageError
 */
export function targetOf(
  { url, token, "persist-to": persistTo, var: vars }: TargetFlags,
  directory: string,
): Target {
  if (url === undefined) {
    if (token !== undefined) throw new UsageError("--token goes with --url");
    return {
      kind: "local",
      persistTo: persistTo && resolve(directory, persistTo),
      vars: variables("--var", vars),
    };
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(
      `--url cannot be "${url}"; an address such as https://images.example.com is expected`,
    );
  }
  if (persistTo !== undefined || vars.length > 0) {
    throw new UsageError("--persist-to and --var are for the local Worker, and do not go with --url");
  }
  // From the environment a token is in no shell history.
  const known = token ?? process.env["BLUEHOUR_TOKEN"];
  if (!known) throw new UsageError("--url needs a --token, or BLUEHOUR_TOKEN in the environment");
  return { kind: "remote", url, token: known };
}
