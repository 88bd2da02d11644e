export type { CatalogueEntry } from "./catalogue/catalogue-entry.ts";
export { describeEntry, type EntryDescription } from "./catalogue/describe-entry.ts";
export type { Registered, Registry } from "./catalogue/registry.ts";
export { type Obstacle, type Wanted, type Weighed, weighRoutes } from "./catalogue/weigh-routes.ts";
export * from "./catalogue.ts";
export * from "./image-size.ts";
export { describeFailure } from "./job/call-failure.ts";
export type { ImageSummary } from "./job/describe-images.ts";
export { type JobStatus, type JobSummary, summarize } from "./job/describe-job.ts";
export type { JobEffect, OrderedCall, Settlement } from "./job/effect.ts";
export type { CallFailure, JobEvent } from "./job/event.ts";
export type {
  ImageOrder,
  InputReference,
  JobOrder,
  Route,
  UnknownSubmission,
  WebhookTarget,
} from "./job/order.ts";
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
export { type ShapedPrompt, shapePrompt } from "./style/shape-prompt.ts";
export { STYLE_SHAPES, type StyleShape } from "./style/style-shapes.ts";
export {
  afterAttempt,
  type DeliveryAttempt,
  type DeliveryProgress,
  newDelivery,
  type ReceiverState,
  WEBHOOK_EVENTS,
  type WebhookEvent,
} from "./webhook/delivery.ts";
