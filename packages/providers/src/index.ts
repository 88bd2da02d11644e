export { createBlackForestLabs } from "./black-forest-labs.ts";
export { createComfyui } from "./comfyui.ts";
export { createFal } from "./fal.ts";
export { createMagicHour } from "./magic-hour.ts";
export { createReplicate } from "./replicate.ts";
export { createSketch } from "./sketch.ts";
