export * from "./catalogue.ts";
export * from "./image-size.ts";
export { describeFailure } from "./job/call-failure.ts";
export { type JobStatus, type JobSummary, summarize } from "./job/describe-job.ts";
export type { JobEffect, Settlement } from "./job/effect.ts";
export type { CallFailure, JobEvent } from "./job/event.ts";
export type { ImageOrder, JobOrder, Route, UnknownSubmission } from "./job/order.ts";
export {
  type Failure,
  type FailureCode,
  type ImageSource,
  type JobState,
  type Output,
  openJob,
  readSnapshot,
} from "./job/state.ts";
export type { TimelineEntry, TimelineType } from "./job/timeline.ts";
export { type Transition, transition } from "./job/transition.ts";
export { wakeTime } from "./job/wake-time.ts";
export { nextPollAge, type PollPlan, planFor, planPolls } from "./pace/poll-plan.ts";
export { RenderMemory } from "./pace/render-memory.ts";
export { beliefOf, observe, type RenderTimes, unseen } from "./pace/render-times.ts";
export * from "./provider.ts";
export { type ShapedPrompt, shapePrompt } from "./shape-prompt.ts";
export { STYLE_SHAPES, type StyleShape } from "./style-shapes.ts";
