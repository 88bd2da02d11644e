import { zValidator } from "@hono/zod-validator";
import type { ZodType } from "zod";
import { invalidRequest } from "./invalid-request.ts";

/** Parses the query by a schema. @throws ApiError `invalid_request`, with one issue per wrong parameter */
export function query<T extends ZodType>(schema: T) {
  return zValidator("query", schema, (result) => {
    if (!result.success) throw invalidRequest(result.error);
  });
}
