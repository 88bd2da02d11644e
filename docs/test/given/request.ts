import type { ImageGeneratorInput } from "@bluehour/client";

export const request: ImageGeneratorInput = {
  image_count: 1,
  style: { prompt: "a red fox" },
  resolution: "640px",
};
