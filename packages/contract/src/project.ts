import * as z from "zod";
import { JOB_ERRORS, type JobErrorCode } from "./errors.ts";
import { aspectRatioSchema } from "./image-request.ts";
import { type Page, pageQuerySchema, pageSchema } from "./page.ts";
import { timestampSchema } from "./timestamp.ts";

const projectStatusSchema = z.enum(["queued", "rendering", "complete", "error", "canceled"]);
export type ProjectStatus = z.output<typeof projectStatusSchema>;

/** A finished image, at a public address. */
export interface Download {
  /** Public address of the image; no token needed. */
  url: string;
  /** When retention removes the image: ISO 8601, UTC. */
  expires_at: string;
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Of the file, e.g. `image/png`. */
  content_type: string;
  /** Size of the file. */
  bytes: number;
  /** Hash of the file, in hexadecimal. */
  sha256: string;
}

const downloadSchema = z.object({
  url: z.url().meta({ description: "Public address of the image; no token needed" }),
  expires_at: timestampSchema.meta({ description: "When retention removes the image" }),
  width: z.int().meta({ description: "In pixels" }),
  height: z.int().meta({ description: "In pixels" }),
  content_type: z.string(),
  bytes: z.int().meta({ description: "Size of the file" }),
  sha256: z.string().meta({ description: "Hash of the file, in hexadecimal" }),
}) satisfies z.ZodType<Download>;

/** Why a job, or an image of it, failed. No interface, which the types of the routes could not name. */
type ProjectError = {
  /** For programs. */
  code: JobErrorCode;
  /** For people. */
  message: string;
};

/** How one image of a job is doing. */
export interface ProjectImage {
  /** Its place among the job's images, from 0. */
  index: number;
  /** `complete` as soon as this image can be loaded, however the others are doing. */
  status: ProjectStatus;
  /** 0 to 1, of the call that paints it, perhaps with others; null while the provider does not tell. */
  progress: number | null;
  /**
   * Where the image is, minutes before the last of many perhaps; the same as in the job's `downloads` later. It
   * answers 404 once the job is canceled, fails as a whole, or is deleted.
   */
  download: Pick<Download, "url" | "width" | "height"> | null;
  /** Why this image is not coming; its credits go back when the job ends. */
  error: ProjectError | null;
}

/** A job as callers see it: Magic Hour's image project, and our extras beside it. */
export interface Project {
  /** Names the job in every other call. */
  id: string;
  /** As it was asked for, or made up. */
  name: string | null;
  /** `complete`, `error` and `canceled` are final. */
  status: ProjectStatus;
  /** How many images were asked for. */
  image_count: number;
  /** Made from words alone, or from other images. */
  type: "AI_IMAGE" | "AI_IMAGE_EDITOR";
  /** ISO 8601, UTC. */
  created_at: string;
  /** Always true; Magic Hour's. */
  enabled: boolean;
  /** What was charged, less what was refunded. */
  credits_charged: number;
  /** Repeats `credits_charged`; old SDKs require it. */
  total_frame_cost: number;
  /** The finished images; empty until `complete`. */
  downloads: Download[];
  /** Why the job ended as `error`, for programs and for people; null otherwise. */
  error: ProjectError | null;
  /** The shape that was asked for, width to height; of an edit with `auto`, what was made of it. */
  aspect_ratio: "1:1" | "16:9" | "9:16";
  /** How each image is doing: `image_count` of them, in their order. */
  images: ProjectImage[];
  /** The model as it was asked for. */
  model: string;
  /** Who paints, once that is known. */
  provider: string | null;
  /** 0 to 1; null while the provider does not tell. */
  progress: number | null;
  /** When a provider took it: ISO 8601, UTC. */
  started_at: string | null;
  /** When it ended, however it did: ISO 8601, UTC. */
  completed_at: string | null;
}

const jobErrorCodeSchema = z.enum(
  // `Object.keys` forgets what the keys are called.
  Object.keys(JOB_ERRORS) as JobErrorCode[],
);

const projectErrorSchema = z.object({
  code: jobErrorCodeSchema,
  message: z.string(),
}) satisfies z.ZodType<ProjectError>;

const projectImageSchema = z.object({
  index: z.int().min(0).meta({ description: "Its place among the job's images, from 0" }),
  status: projectStatusSchema.meta({
    description: "`complete` as soon as this image can be loaded, however the others are doing",
  }),
  progress: z.number().min(0).max(1).nullable().meta({
    description: "Of the call that paints it, perhaps with others; null while the provider does not tell",
  }),
  download: downloadSchema.pick({ url: true, width: true, height: true }).nullable().meta({
    description:
      "Where the image is, as in `downloads` later; answers 404 once the job is canceled, fails as a whole, or is deleted",
  }),
  error: projectErrorSchema.nullable().meta({
    description: "Why this image is not coming; its credits go back when the job ends",
  }),
}) satisfies z.ZodType<ProjectImage>;

export const projectSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  status: projectStatusSchema.meta({ description: "`complete`, `error` and `canceled` are final" }),
  image_count: z.int().meta({ description: "How many images were asked for" }),
  type: z.enum(["AI_IMAGE", "AI_IMAGE_EDITOR"]),
  created_at: timestampSchema,
  enabled: z.boolean(),
  credits_charged: z.int().meta({ description: "What was charged, less what was refunded" }),
  total_frame_cost: z.int().meta({ description: "Repeats `credits_charged`; old SDKs require it" }),
  downloads: z.array(downloadSchema).meta({ description: "Empty until `complete`" }),
  error: projectErrorSchema.nullable(),
  aspect_ratio: aspectRatioSchema.meta({
    description: "The shape that was asked for; of an edit with `auto`, what was made of it",
  }),
  images: z.array(projectImageSchema).meta({
    description: "How each image is doing: `image_count` of them, in their order",
  }),
  model: z.string().meta({ description: "The model as it was asked for" }),
  provider: z.string().nullable().meta({ description: "Who paints, once that is known" }),
  progress: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: "Null while the provider does not tell" }),
  started_at: timestampSchema.nullable(),
  completed_at: timestampSchema.nullable(),
}) satisfies z.ZodType<Project>;

/** Answer of `GET /v1/image-projects`. */
export const projectPageSchema = pageSchema(projectSchema);
export type ProjectPage = Page<Project>;

/** Query of `GET /v1/image-projects`. */
export const projectQuerySchema = pageQuerySchema.extend({ status: projectStatusSchema.optional() });
export type ProjectQuery = z.output<typeof projectQuerySchema>;

/** Answer of a create call. */
export interface Created {
  /** Names the job in every other call. */
  id: string;
  /** What the job costs; images that fail are refunded. */
  credits_charged: number;
  /** Repeats `credits_charged`; old SDKs require it. */
  frame_cost: number;
  /** The job as it is now, with `Prefer: wait=N`. */
  project?: Project | undefined;
  /** Verifies what the job's `webhook_url` is sent; the same for all jobs of the account. */
  webhook_secret?: string | undefined;
}

export const createdSchema = z.object({
  id: z.string(),
  credits_charged: z.int(),
  frame_cost: z.int().meta({ description: "Repeats `credits_charged`; old SDKs require it" }),
  webhook_secret: z.string().optional().meta({
    description: "Verifies what the job's `webhook_url` is sent; the same for all jobs of the account",
  }),
  project: projectSchema.optional().meta({ description: "With `Prefer: wait=N`" }),
}) satisfies z.ZodType<Created>;

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
