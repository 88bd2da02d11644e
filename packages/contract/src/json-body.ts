import { zValidator } from "@hono/zod-validator";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import type { ZodType } from "zod";
import { ApiError } from "./api-error.ts";
import { invalidRequest } from "./invalid-request.ts";

/** Largest JSON body, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/** Turns away a body that is too large before anything reads it. @throws ApiError `payload_too_large` */
export const limitBody = bodyLimit({
  maxSize: MAX_BODY_BYTES,
  onError: () => {
    throw new ApiError("payload_too_large");
  },
});

/** Turns away a body that is not declared as JSON. @throws ApiError `unsupported_media_type` */
export const requireJson = createMiddleware(async (context, next) => {
  if (!JSON_TYPE.test(context.req.header("content-type") ?? "")) throw new ApiError("unsupported_media_type");
  await next();
});

/** Parses the JSON body by a schema. @throws ApiError `invalid_request`, with one issue per wrong field */
export function jsonBody<T extends ZodType>(schema: T) {
  return zValidator("json", schema, (result) => {
    if (!result.success) throw invalidRequest(result.error);
  });
}
