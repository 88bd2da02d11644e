import * as z from "zod";
import { API_ERRORS, type ApiErrorCode } from "../errors.ts";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { createdSchema, projectSchema, timelineSchema } from "../project.ts";

const errorSchema = z.object({
  message: z.string().meta({ description: "What is wrong, and what to do about it" }),
  // `Object.keys` forgets what the keys are called.
  code: z.enum(Object.keys(API_ERRORS) as ApiErrorCode[]).meta({ description: "For programs" }),
  request_id: z.string().meta({ description: "As in `X-Request-Id`" }),
  issues: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: "One for each wrong field, by its path in the body" }),
});

/** Schemas that the document names, and refers to by name. */
export const SCHEMAS = {
  ImageGeneratorRequest: imageGeneratorRequestSchema,
  Created: createdSchema,
  Project: projectSchema,
  Timeline: timelineSchema,
  Error: errorSchema,
} satisfies Record<string, z.ZodType>;
