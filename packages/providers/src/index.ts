export { createMagicHour } from "./magic-hour.ts";
export { createSketch } from "./sketch.ts";
