import {
  ApiError,
  type ImageEditorRequest,
  type ImageGeneratorRequest,
  requestedAspectRatio,
} from "@bluehour/contract";
import type { AspectRatio, ImageOrder, InputReference, JobOrder } from "@bluehour/core";
import { isPublicUrl } from "./outbound/host-guard.ts";
import { isUploadOf } from "./uploads/upload-link.ts";

/** What somebody asks for, whichever endpoint they ask at. */
export interface AskedImage {
  readonly type: JobOrder["type"];
  readonly name: string | undefined;
  readonly model: string;
  readonly image: ImageOrder;
  /** The request itself, in the order of its schema: what makes another one the same. */
  readonly request: ImageGeneratorRequest | ImageEditorRequest;
}

export function askedToPaint(request: ImageGeneratorRequest): AskedImage {
  const { prompt, tool, quality_mode: qualityMode } = request.style;
  const { name, model, resolution, image_count: imageCount } = request;
  const aspectRatio = requestedAspectRatio(request);
  return {
    type: "AI_IMAGE",
    name,
    model,
    image: { prompt, tool, qualityMode, aspectRatio, resolution, imageCount, inputs: [] },
    request,
  };
}

/** Whose files are looked for, and where; and whether addresses of private hosts will do. */
export interface InputSource {
  readonly accountId: string;
  readonly bucket: R2Bucket;
  readonly allowPrivateHosts: boolean;
}

/**
 * @throws ApiError `not_found` for a file that the account has not uploaded, `unprocessable` for an address that is not
 * public and https
 */
export async function askedToEdit(request: ImageEditorRequest, source: InputSource): Promise<AskedImage> {
  const { name, model, resolution, image_count: imageCount, style } = request;
  const found = await Promise.all(request.assets.image_file_paths.map((path) => findInput(path, source)));
  const shape = found[0]?.shape;
  const aspectRatio = request.aspect_ratio === "auto" ? nearestRatio(shape ?? 1) : request.aspect_ratio;
  const inputs = found.map(({ reference }) => reference);
  return {
    type: "AI_IMAGE_EDITOR",
    name,
    model,
    image: {
      prompt: style.prompt,
      tool: "general",
      qualityMode: "standard",
      aspectRatio,
      resolution,
      imageCount,
      inputs,
    },
    request,
  };
}

/** An input, and its width to height where that is known. */
interface FoundInput {
  readonly reference: InputReference;
  readonly shape?: number;
}

async function findInput(path: string, source: InputSource): Promise<FoundInput> {
  if (/^https?:/i.test(path)) return { reference: { url: checkedUrl(path, source.allowPrivateHosts) } };
  const file = isUploadOf(source.accountId, path) ? await source.bucket.head(path) : null;
  if (!file) {
    throw new ApiError(
      "not_found",
      `There is no uploaded file '${path}': upload it first, and pass its file_path`,
    );
  }
  const { width, height } = file.customMetadata ?? {};
  return { reference: { file: path }, shape: Number(width) / Number(height) };
}

function checkedUrl(address: string, allowPrivateHosts: boolean): string {
  const url = URL.parse(address);
  if (url && (allowPrivateHosts || isPublicUrl(url))) return url.href;
  throw new ApiError(
    "unprocessable",
    `'${address}' cannot be fetched: use https and a public host, or upload the file and pass its file_path`,
  );
}

/** Between a square and 16:9, by proportion: 4:3, as most cameras have it, still counts as wide. */
const WIDE = 4 / 3 - 0.01;

/** The shape that is nearest to a width to height. */
export function nearestRatio(shape: number): AspectRatio {
  if (shape > WIDE) return "16:9";
  return shape < 1 / WIDE ? "9:16" : "1:1";
}
