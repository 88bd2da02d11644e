export { createBlackForestLabs } from "./black-forest-labs.ts";
export { createComfyui } from "./comfyui.ts";
export { createFal } from "./fal.ts";
export { createGoogle } from "./google.ts";
export { createMagicHour } from "./magic-hour.ts";
export { createOpenai } from "./openai.ts";
export { createReplicate } from "./replicate.ts";
export { createSketch } from "./sketch.ts";
export { createWorkersAi, type RunWorkersAi } from "./workers-ai.ts";
