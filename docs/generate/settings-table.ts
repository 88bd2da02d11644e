import * as z from "zod";
import { KEYED_PROVIDERS } from "../../apps/edge/src/provider-registry.ts";
import { settingsSchema } from "../../apps/edge/src/settings-schema.ts";
import { markdownTable } from "./markdown-table.ts";

/** Every setting of the Worker: its name, default, limits and meaning. */
export function settingsTable(): string {
  const rows = Object.entries<z.ZodType>(settingsSchema.shape).map(([name, schema]) => [
    `\`${name}\``,
    defaultOf(schema),
    valuesOf(schema),
    schema.description ?? "",
  ]);
  const prefixes = Object.values(KEYED_PROVIDERS).map(([prefix]) => `\`${prefix}_\``);
  const keyed = [
    ["`<PROVIDER>_API_KEY`", "none", "", `enables a provider: ${prefixes.join(", ")}`],
    ["`<PROVIDER>_BASE_URL`", "the provider's own", "a URL", "another address of the same API"],
  ];
  const after = rows.findIndex(([name]) => name === "`MODELS`") + 1;
  return markdownTable(["name", "default", "values", "meaning"], rows.toSpliced(after, 0, ...keyed));
}

/** What the parser makes of nothing. */
function defaultOf(schema: z.ZodType): string {
  const { success, data } = schema.safeParse(undefined);
  if (!success) return "required";
  if (data === undefined) return "none";
  return `\`${typeof data === "object" ? JSON.stringify(data) : data}\``;
}

function valuesOf(schema: z.ZodType): string {
  // What an empty var is turned into nothing by comes first; the schema of what is written stands behind it.
  const written = schema instanceof z.ZodPipe && schema.in instanceof z.ZodTransform ? schema.out : schema;
  const { type, format, enum: names, ...limits } = z.toJSONSchema(written as z.ZodType, { io: "input" });
  if (names) return names.map((name) => `\`${name}\``).join(", ");
  if (format === "uri") return "a URL";
  if (type !== "number" && type !== "integer") return "";
  const least =
    limits.exclusiveMinimum === undefined ? `${limits.minimum}` : `above ${limits.exclusiveMinimum}`;
  const most = limits.maximum?.toLocaleString("en");
  return `${least} to ${most}${type === "integer" ? ", whole" : ""}`;
}
