import type { Model } from "../models.ts";
import type { Created, Project } from "../project.ts";

const ID = "7ce1d00d0f0c14a5c7c8f0c2ab9fe3b46d7b8f6a0a4f2f1d6a7b5e0c9d8e7f60";

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
      url: `https://images.example.com/images/${ID}-1.png`,
      expires_at: "2026-12-23T08:00:06.000Z",
      width: 1024,
      height: 576,
      content_type: "image/png",
      bytes: 482_113,
      sha256: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    },
  ],
  error: null,
  model: "default",
  provider: "magic-hour",
  progress: 1,
  started_at: "2026-11-23T08:00:01.000Z",
  completed_at: "2026-11-23T08:00:06.000Z",
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
