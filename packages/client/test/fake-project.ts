import { createHash } from "node:crypto";
import type { Download, Project } from "@bluehour/contract";

export const IMAGE = new TextEncoder().encode("not really a picture, but bytes all the same");

/** What the server says of a file. */
export function downloadOf(url: string, content: Uint8Array = IMAGE): Download {
  return {
    url,
    expires_at: "2026-02-01T00:00:00.000Z",
    width: 1,
    height: 1,
    content_type: "image/png",
    bytes: content.byteLength,
    sha256: createHash("sha256").update(content).digest("hex"),
  };
}

/** A job that was just created. */
export function projectOf(id: string, imageCount = 1): Project {
  return {
    id,
    name: null,
    status: "queued",
    image_count: imageCount,
    type: "AI_IMAGE",
    created_at: "2026-01-01T00:00:00.000Z",
    enabled: true,
    credits_charged: 5,
    total_frame_cost: 5,
    downloads: [],
    error: null,
    aspect_ratio: "1:1",
    images: Array.from({ length: imageCount }, (_, index) => ({
      index,
      status: "queued",
      progress: null,
      download: null,
      error: null,
    })),
    model: "default",
    provider: "sketch",
    progress: 0,
    started_at: null,
    completed_at: null,
  };
}
