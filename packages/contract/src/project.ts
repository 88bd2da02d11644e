import * as z from "zod";
import { JOB_ERRORS } from "./errors.ts";
import { pageQuerySchema, pageSchema } from "./page.ts";
import { timestampSchema } from "./timestamp.ts";

const projectStatusSchema = z.enum(["queued", "rendering", "complete", "error", "canceled"]);
export type ProjectStatus = z.output<typeof projectStatusSchema>;

/** A finished image, at a public address. */
const downloadSchema = z.object({
  url: z.url().meta({ description: "Public address of the image; no token needed" }),
  expires_at: timestampSchema.meta({ description: "When retention removes the image" }),
  width: z.int().meta({ description: "Pixels" }),
  height: z.int().meta({ description: "Pixels" }),
  content_type: z.string(),
  bytes: z.int().meta({ description: "Size of the file" }),
  sha256: z.string().meta({ description: "Hash of the file, in hexadecimal" }),
});
export type Download = z.output<typeof downloadSchema>;

const jobErrorCodeSchema = z.enum(
  // `Object.keys` forgets what the keys are called.
  Object.keys(JOB_ERRORS) as (keyof typeof JOB_ERRORS)[],
);

/** A job as callers see it: Magic Hour's image project, and our extras beside it. */
export const projectSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  status: projectStatusSchema,
  image_count: z.int(),
  type: z.enum(["AI_IMAGE", "AI_IMAGE_EDITOR"]),
  created_at: timestampSchema,
  enabled: z.boolean(),
  credits_charged: z.int().meta({ description: "What was charged, less what was refunded" }),
  total_frame_cost: z.int().meta({ description: "Repeats `credits_charged`; old SDKs require it" }),
  downloads: z.array(downloadSchema).meta({ description: "Empty until `complete`" }),
  error: z.object({ code: jobErrorCodeSchema, message: z.string() }).nullable(),
  model: z.string().meta({ description: "The model as it was asked for" }),
  provider: z.string().nullable().meta({ description: "Who paints, once that is known" }),
  progress: z.number().min(0).max(1).nullable(),
  started_at: timestampSchema.nullable(),
  completed_at: timestampSchema.nullable(),
});
export type Project = z.output<typeof projectSchema>;

/** Answer of `GET /v1/image-projects`. */
export const projectPageSchema = pageSchema(projectSchema);
export type ProjectPage = z.output<typeof projectPageSchema>;

/** Query of `GET /v1/image-projects`. */
export const projectQuerySchema = pageQuerySchema.extend({ status: projectStatusSchema.optional() });
export type ProjectQuery = z.output<typeof projectQuerySchema>;

/** Answer of a create call. */
export const createdSchema = z.object({
  id: z.string(),
  credits_charged: z.int(),
  frame_cost: z.int().meta({ description: "Repeats `credits_charged`; old SDKs require it" }),
  project: projectSchema.optional().meta({ description: "With `Prefer: wait=N`" }),
});
export type Created = z.output<typeof createdSchema>;

/** What happened to a job, oldest first. */
export const timelineSchema = z.object({
  items: z.array(
    z.looseObject({
      at: timestampSchema,
      type: z.string().meta({ description: "What happened, e.g. `submitted` or `stored`" }),
    }),
  ),
});
export type Timeline = z.output<typeof timelineSchema>;
