import { readFile } from "node:fs/promises";
import { parse, TomlError } from "smol-toml";
import * as z from "zod";
import { type Finding, fault } from "./finding.ts";

const deploymentSchema = z.object({
  vars: z.record(z.string(), z.unknown()).default({}),
  r2_buckets: z.array(z.object({ binding: z.string(), jurisdiction: z.string().optional() })).default([]),
});
const wranglerSchema = deploymentSchema.extend({
  env: z.record(z.string(), deploymentSchema).default({}),
});
type Deployment = z.output<typeof deploymentSchema>;

const SECRET = /^(?:ADMIN_TOKEN|SIGNING_SECRET|\w+_API_KEY)$/;

/** What no Worker can see of itself: where wrangler.toml keeps secrets, and where it has the bucket be. */
export async function checkWranglerToml(path: string): Promise<Finding[]> {
  let toml: unknown;
  try {
    toml = parse(await readFile(path, "utf8"));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.split("\n");
    return [fault("wrangler.toml", reason, "mend it: nothing can be deployed")];
  }
  const parsed = wranglerSchema.safeParse(toml);
  // What wrangler itself refuses is left to it.
  if (!parsed.success) return [];
  const { env, ...production } = parsed.data;
  const deployments = [["", production] as const, ...Object.entries(env)];
  return deployments.flatMap(([name, deployment]) =>
    checkDeployment(name && ` of [env.${name}]`, deployment),
  );
}

function checkDeployment(where: string, { vars, r2_buckets }: Deployment): Finding[] {
  const secrets = Object.keys(vars)
    .filter((name) => SECRET.test(name))
    .map((name) => {
      const fix = `take it out, and set a new one: wrangler secret put ${name}`;
      return fault("wrangler.toml", `${name} stands in the vars${where}, for all who can read the file`, fix);
    });
  const wanted = vars["JURISDICTION"];
  const bucket = r2_buckets.find(({ binding }) => binding === "IMAGES");
  if (typeof wanted !== "string" || wanted === "" || !bucket || bucket.jurisdiction === wanted)
    return secrets;
  const message = `JURISDICTION${where} is "${wanted}", and the bucket IMAGES is ${bucket.jurisdiction ?? "anywhere"}`;
  const fix = `create a bucket there, and bind it with jurisdiction = "${wanted}"`;
  return [...secrets, fault("wrangler.toml", message, fix)];
}
