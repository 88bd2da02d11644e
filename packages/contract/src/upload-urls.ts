import * as z from "zod";
import { ApiError } from "./api-error.ts";

/**
 * Extensions of each kind of asset: Magic Hour's for video and audio, so that clients of it find what they expect; of
 * images those that are taken.
 *
 * @see https://docs.magichour.ai/api-reference/files/generate-asset-upload-urls
 */
const EXTENSIONS = {
  image: ["png", "jpg", "jpeg", "jfif", "webp", "avif", "gif"],
  video: ["mp4", "m4v", "mov", "webm"],
  audio: ["mp3", "wav", "aac", "flac", "webm", "weba", "m4a", "opus", "ogg", "oga", "aiff", "amr"],
} as const;

/** Most upload URLs of one call. */
const MAX_ITEMS = 100;

/** Body of `POST /v1/files/upload-urls`. */
export const uploadUrlsRequestSchema = z.object({
  items: z
    .array(
      z.object({
        type: z
          .enum(["image", "video", "audio"])
          .meta({ description: "The kind of asset", example: "image" }),
        extension: z
          .string()
          .toLowerCase()
          .regex(/^[a-z0-9]+$/, "must be letters and digits, without the dot")
          .meta({ description: "Of the file, without the dot", example: "png" }),
      }),
    )
    .min(1)
    .max(MAX_ITEMS)
    .meta({ description: "The files to upload; the answer has the same order" }),
});
export type UploadUrlsRequest = z.output<typeof uploadUrlsRequestSchema>;

/** What a caller sends. */
export interface UploadUrlsInput {
  /** The files to upload, up to 100. */
  items: {
    /** The kind of asset; edits work from images. */
    type: "image" | "video" | "audio";
    /** Of the file, without the dot. */
    extension: string;
  }[];
}

/** Answer of `POST /v1/files/upload-urls`. */
export interface UploadUrls {
  /** In the order of the request. */
  items: {
    /** Takes the bytes by PUT, up to 25 MiB, without a token. */
    upload_url: string;
    /** When the upload URL stops working: ISO 8601, UTC. */
    expires_at: string;
    /** Names the file in `image_file_paths`. */
    file_path: string;
  }[];
}

export const uploadUrlsSchema = z.object({
  items: z.array(
    z.object({
      upload_url: z.url().meta({ description: "Send the bytes here with PUT; no token needed" }),
      expires_at: z.iso.datetime().meta({ description: "When the upload URL stops working; ISO 8601, UTC" }),
      file_path: z.string().meta({ description: "Names the file in `image_file_paths`" }),
    }),
  ),
}) satisfies z.ZodType<UploadUrls>;

/** Turns away extensions that do not fit their type. @throws ApiError `unprocessable`, naming those that do */
export function checkExtensions({ items }: UploadUrlsRequest): void {
  for (const { type, extension } of items) {
    const possible: readonly string[] = EXTENSIONS[type];
    if (possible.includes(extension)) continue;
    throw new ApiError(
      "unprocessable",
      `'${extension}' is an invalid ${type} extension. Possible extensions are '${possible.join(", ")}'`,
    );
  }
}
