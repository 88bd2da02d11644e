export { createComfyui } from "./comfyui.ts";
export { createMagicHour } from "./magic-hour.ts";
export { createReplicate } from "./replicate.ts";
export { createSketch } from "./sketch.ts";
