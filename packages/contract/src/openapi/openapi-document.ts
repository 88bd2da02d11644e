import * as z from "zod";
import { API_ERRORS } from "../errors.ts";
import { type Answer, type Content, type ErrorStatus, type Operation, TAGS } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { SCHEMAS } from "./schemas.ts";

type Json = Record<string, unknown>;

const REFERENCES = new Map<z.ZodType, string>(
  Object.entries(SCHEMAS).map(([name, schema]) => [schema, name]),
);

/** The bearer token, as the document names it. */
const SECURITY = [{ token: [] }];

/**
 * The HTTP interface as an OpenAPI 3.1 document, made from the schemas that the routes validate with.
 *
 * @param version - of the Worker
 * @see https://spec.openapis.org/oas/v3.1.1.html
 */
export function openApiDocument(version: string) {
  const paths: Record<string, Json> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: operationObject(operation) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Bluehour",
      version,
      description: "Durable image generation on your own Cloudflare account, in Magic Hour's wire format.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "This Worker" }],
    tags: Object.entries(TAGS)
      .filter(([name]) => OPERATIONS.some(({ tag }) => tag === name))
      .map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: componentSchemas(),
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "An account's token" } },
    },
  };
}

export type OpenApiDocument = ReturnType<typeof openApiDocument>;

function operationObject(operation: Operation): Json {
  const { id, tag, summary, description, isPublic, body, answers } = operation;
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({ in: "path", name, required: true, schema: { type: "string" } }));
  const parameters = (operation.parameters ?? []).map((each) => ({
    ...each,
    schema: jsonSchema(each.schema),
  }));
  const statuses = new Set<ErrorStatus>([...operation.errors, ...(isPublic ? [] : [401 as const]), 429, 500]);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    security: isPublic ? [] : SECURITY,
    ...(names.length + parameters.length > 0 ? { parameters: [...inPath, ...parameters] } : {}),
    ...(body ? { requestBody: { required: true, content: contentObject(body) } } : {}),
    responses: Object.fromEntries([
      ...answers.map((answer) => [answer.status, answerObject(answer)]),
      ...[...statuses].sort().map((status) => [status, errorObject(status)]),
    ]),
  };
}

function answerObject({ description, content, headers = {} }: Answer): Json {
  return {
    description,
    headers: Object.fromEntries(
      Object.entries({ ...headers, "X-Request-Id": "Names the request in the logs" }).map(([name, text]) => [
        name,
        { description: text, schema: { type: "string" } },
      ]),
    ),
    ...(content ? { content: contentObject(content) } : {}),
  };
}

function errorObject(status: ErrorStatus): Json {
  const errors = Object.entries(API_ERRORS).filter(([, error]) => error.status === status);
  const [[code, { message }] = ["internal", API_ERRORS.internal]] = errors;
  return {
    description: errors.map(([name, error]) => `\`${name}\`: ${error.message}`).join("; "),
    content: contentObject({ schema: SCHEMAS.Error, example: { message, code, request_id: "0b4ee1b2" } }),
  };
}

function contentObject({ type = "application/json", schema, example }: Content): Json {
  const name = REFERENCES.get(schema);
  const reference = name ? { $ref: `#/components/schemas/${name}` } : jsonSchema(schema);
  return { [type]: { schema: reference, example } };
}

/** `z.int()` says that it keeps to the numbers JSON can carry: true of every number here, and noise. */
const WITHOUT_SAFE_BOUNDS: Pick<z.core.ToJSONSchemaParams, "io" | "override"> = {
  io: "input",
  override: ({ jsonSchema }) => {
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  },
};

/** As callers see it: what has a default may be left out. OpenAPI 3.1 speaks JSON Schema 2020-12, as zod does. */
function jsonSchema(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, WITHOUT_SAFE_BOUNDS);
  return rest;
}

function componentSchemas(): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries<z.ZodType>(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    ...WITHOUT_SAFE_BOUNDS,
    uri: (id) => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [name, schema]),
  );
}
