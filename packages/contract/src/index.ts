export { ApiError, type ErrorBody, type Issue } from "./api-error.ts";
export { type AppOptions, type AppType, createApp } from "./app.ts";
export { API_ERRORS, type ApiErrorCode, JOB_ERRORS, type JobErrorCode } from "./errors.ts";
export {
  type ImageGeneratorInput,
  type ImageGeneratorRequest,
  imageGeneratorRequestSchema,
  requestedAspectRatio,
} from "./image-request.ts";
export { isTerminal } from "./is-terminal.ts";
export { MAX_WAIT_SECONDS } from "./prefer.ts";
export {
  type Created,
  createdSchema,
  type Download,
  type Project,
  type ProjectStatus,
  projectSchema,
  type Timeline,
  timelineSchema,
} from "./project.ts";
export type {
  CreateOptions,
  Health,
  Principal,
  ProjectEvent,
  Service,
  WatchOptions,
} from "./service.ts";
export { STYLE_TOOLS } from "./style-tools.ts";
export {
  type UploadUrls,
  type UploadUrlsRequest,
  uploadUrlsRequestSchema,
  uploadUrlsSchema,
} from "./upload-urls.ts";
