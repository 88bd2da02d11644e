import { JOB_ERRORS } from "../errors.ts";
import type { Model } from "../models.ts";
import type { Created, Project } from "../project.ts";

const ID = "7ce1d00d0f0c14a5c7c8f0c2ab9fe3b46d7b8f6a0a4f2f1d6a7b5e0c9d8e7f60";

const image = (number: number) => `https://images.example.com/images/${ID}-${number}.png`;

/** A job that is complete, for the document's examples. */
export const PROJECT_EXAMPLE: Project = {
  id: ID,
  name: "Ai Image image",
  status: "complete",
  image_count: 1,
  type: "AI_IMAGE",
  created_at: "2026-11-23T08:00:00.000Z",
  enabled: true,
  credits_charged: 5,
  total_frame_cost: 5,
  downloads: [
    {
      url: image(1),
      expires_at: "2026-12-23T08:00:06.000Z",
      width: 1024,
      height: 576,
      content_type: "image/png",
      bytes: 482_113,
      sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    },
  ],
  error: null,
  aspect_ratio: "16:9",
  images: [
    {
      index: 0,
      status: "complete",
      progress: 1,
      download: { url: image(1), width: 1024, height: 576 },
      error: null,
    },
  ],
  model: "default",
  provider: "magic-hour",
  progress: 1,
  started_at: "2026-11-23T08:00:01.000Z",
  completed_at: "2026-11-23T08:00:06.000Z",
};

/** The same job with four images, while it runs: each has come as far as it has. */
export const RUNNING_EXAMPLE: Project = {
  ...PROJECT_EXAMPLE,
  status: "rendering",
  image_count: 4,
  credits_charged: 20,
  total_frame_cost: 20,
  downloads: [],
  images: [
    ...PROJECT_EXAMPLE.images,
    { index: 1, status: "rendering", progress: 0.4, download: null, error: null },
    {
      index: 2,
      status: "error",
      progress: null,
      download: null,
      error: { code: "content_rejected", message: JOB_ERRORS.content_rejected },
    },
    { index: 3, status: "queued", progress: null, download: null, error: null },
  ],
  progress: 0.35,
  completed_at: null,
};

/** The same job, canceled. */
export const CANCELED_EXAMPLE: Project = {
  ...PROJECT_EXAMPLE,
  status: "canceled",
  credits_charged: 0,
  total_frame_cost: 0,
  downloads: [],
  images: [{ index: 0, status: "canceled", progress: null, download: null, error: null }],
  progress: null,
};

export const CREATED_EXAMPLE: Created = { id: ID, credits_charged: 5, frame_cost: 5 };

export const MODEL_EXAMPLE: Model = {
  id: "flux-schnell",
  providers: ["magic-hour"],
  routes: [
    {
      id: "magic-hour/flux-schnell",
      provider: "magic-hour",
      available: false,
      missing: ["MAGIC_HOUR_API_KEY"],
    },
  ],
  available: false,
  missing: ["MAGIC_HOUR_API_KEY"],
  generates: true,
  edits: false,
  credits_per_image: 5,
  credits_per_pro_image: 30,
  max_images: 16,
  aspect_ratios: [],
  resolutions: [],
  typical_ms: null,
};
