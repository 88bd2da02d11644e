import * as z from "zod";
import { accountSchema } from "../account.ts";
import { API_ERRORS, type ApiErrorCode } from "../errors.ts";
import { imageEditorRequestSchema } from "../image-editor-request.ts";
import { imageGeneratorRequestSchema } from "../image-request.ts";
import { createdSchema, projectPageSchema, projectSchema, timelineSchema } from "../project.ts";

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
  ImageEditorRequest: imageEditorRequestSchema,
  Created: createdSchema,
  Project: projectSchema,
  ProjectPage: projectPageSchema,
  Timeline: timelineSchema,
  Account: accountSchema,
  Error: errorSchema,
} satisfies Record<string, z.ZodType>;
