import * as z from "zod";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The fields of an object, those within them too, by their path: name, type, default, meaning. */
export function fieldRows(
  schema: z.ZodType,
  named: ReadonlyMap<z.core.$ZodType, string> = new Map(),
): string[][] {
  const itself: z.core.$ZodType = schema;
  const json = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const name = named.get(zodSchema);
      if (name && zodSchema !== itself) jsonSchema[NAME] = name;
    },
  });
  return rowsOf(json, "");
}

/** Marks an object that has a table of its own. */
const NAME = "x-name";

function rowsOf(schema: JsonSchema, path: string): string[][] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (typeof property === "boolean") return [];
    const here = path === "" ? name : `${path}.${name}`;
    const isOpen = property.default !== undefined || !required.has(name);
    const fallback = property.default === undefined ? (isOpen ? "left out" : "") : `\`${property.default}\``;
    const inner = innerOf(property);
    const rows = inner ? rowsOf(inner, property.items ? `${here}[]` : here) : [];
    return [[`\`${here}\``, typeOf(property), fallback, property.description ?? ""], ...rows];
  });
}

/** The object in a field: itself, one of a list, or what it is when it is not null. */
function innerOf(schema: JsonSchema): JsonSchema | undefined {
  const candidates = [schema, schema.items, ...(schema.anyOf ?? [])];
  return candidates.find(
    (each): each is JsonSchema => isSchema(each) && each.properties !== undefined && !each[NAME],
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeOf(schema: JsonSchema): string {
  const { enum: values, anyOf, items, type, [NAME]: name } = schema;
  if (typeof name === "string") return `[${name}](#${name.toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (values) return choiceOf(values);
  if (Array.isArray(type)) return type.map((each) => typeOf({ ...schema, type: each })).join(" or ");
  if (anyOf) return anyOf.map((each) => typeOf(each)).join(" or ");
  if (isSchema(items)) return `list of ${typeOf(items)}${limitsOf(schema.minItems, schema.maxItems)}`;
  if (type === "string") return `${schema.format ?? "text"}${limitsOf(schema.minLength, schema.maxLength)}`;
  if (type === "integer" || type === "number") return `${type}${limitsOf(schema.minimum, schema.maximum)}`;
  return `${type ?? "anything"}`;
}

/** Some of many values are enough to see what they look like. */
function choiceOf(values: readonly unknown[]): string {
  const shown = values.length > 10 ? values.slice(0, 3) : values;
  const list = shown.map((value) => `\`${value}\``).join(", ");
  return shown.length < values.length ? `one of ${values.length}: ${list}, …` : list;
}

function limitsOf(least: number | undefined, most: number | undefined): string {
  // What every number that JSON can carry keeps to is no limit.
  const isLimit = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  if (isLimit(least) && isLimit(most)) return `, ${least} to ${most?.toLocaleString("en")}`;
  if (isLimit(most)) return `, up to ${most?.toLocaleString("en")}`;
  return isLimit(least) && least !== 0 ? `, at least ${least}` : "";
}
