import type * as z from "zod";
import { API_ERRORS } from "../../packages/contract/src/errors.ts";
import {
  type Answer,
  type Content,
  type Operation,
  TAGS,
} from "../../packages/contract/src/openapi/operation.ts";
import { OPERATIONS } from "../../packages/contract/src/openapi/operations.ts";
import { SCHEMAS } from "../../packages/contract/src/openapi/schemas.ts";
import { fieldRows } from "./field-rows.ts";
import { markdownTable } from "./markdown-table.ts";

const NAMES: ReadonlyMap<z.core.$ZodType, string> = new Map(
  Object.entries(SCHEMAS).map(([name, schema]) => [schema, name] as const),
);

/** Every endpoint, chapter by chapter, from the operations that the OpenAPI document is made of. */
export function endpoints(): string {
  const shown = new Set<z.ZodType>();
  const chapters = Object.entries(TAGS).map(([tag, description]) => {
    const operations = OPERATIONS.filter((operation) => operation.tag === tag);
    if (operations.length === 0) return "";
    return [
      `## ${tag}`,
      `${description}.`,
      ...operations.map((operation) => endpoint(operation, shown)),
    ].join("\n\n");
  });
  return chapters.filter(Boolean).join("\n\n");
}

/** The bodies that have names. */
export function objects(): string {
  const chapters = Object.entries<z.ZodType>(SCHEMAS).map(
    ([name, schema]) => `### ${name}\n\n${fieldTable(schema, schemaDirection(name))}`,
  );
  return chapters.join("\n\n");
}

const schemaDirection = (name: string) => (name.endsWith("Request") ? "asked" : "answered");

/** @param shown - schemas of which an example stands above already */
function endpoint(operation: Operation, shown: Set<z.ZodType>): string {
  const { method, path, summary, description, parameters = [], body, answers, isPublic } = operation;
  const parts = [
    `### ${method.toUpperCase()} ${path}`,
    `${summary}.${description ? ` ${description}` : ""}${isPublic ? " Needs no token." : ""}`,
    parameters.length > 0 &&
      markdownTable(
        ["parameter", "in", ""],
        parameters.map(({ name, in: place, description: text }) => [`\`${name}\``, place, text]),
      ),
    body && bodyOf(body),
    ...answers.map((answer) => answerOf(answer, shown)),
    `Errors: ${errorsOf(operation)}.`,
  ];
  return parts.filter(Boolean).join("\n\n");
}

function bodyOf({ schema, example, type = "application/json" }: Content): string {
  if (type !== "application/json") return `Takes \`${type}\`.`;
  const name = NAMES.get(schema);
  const fields = name
    ? `Takes [${name}](#${name.toLowerCase()}):`
    : `Takes:\n\n${fieldTable(schema, "asked")}`;
  return `${fields}\n\n${json(example)}`;
}

function answerOf({ status, description, content, headers = {} }: Answer, shown: Set<z.ZodType>): string {
  const name = content && NAMES.get(content.schema);
  const what = name ? `, as [${name}](#${name.toLowerCase()})` : "";
  const names = Object.keys(headers).map((header) => `\`${header}\``);
  const said = `**${status}** ${description}${what}.${names.length > 0 ? ` Headers: ${names.join(", ")}.` : ""}`;
  if (!content || typeof content.example !== "object" || shown.has(content.schema)) return said;
  shown.add(content.schema);
  return `${said}\n\n${json(content.example)}`;
}

function errorsOf({ errors, isPublic }: Operation): string {
  const statuses = new Set<number>([...errors, ...(isPublic ? [] : [401]), 429, 500]);
  const codes = Object.entries(API_ERRORS).filter(([, { status }]) => statuses.has(status));
  return codes.map(([code]) => `\`${code}\``).join(", ");
}

function fieldTable(schema: z.ZodType, direction: "asked" | "answered"): string {
  const head = ["field", "type", ...(direction === "asked" ? ["default"] : []), "meaning"];
  const rows = fieldRows(schema, NAMES).map(([name = "", type = "", fallback = "", meaning = ""]) =>
    direction === "asked" ? [name, type, fallback, meaning] : [name, type, meaning],
  );
  return markdownTable(head, rows);
}

function json(value: unknown): string {
  return `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
