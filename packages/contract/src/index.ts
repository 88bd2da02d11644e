export {
  type Account,
  type AccountToken,
  accountSchema,
  accountTokenSchema,
  type BrowserToken,
  type BrowserTokenInput,
  type BrowserTokenRequest,
  browserTokenPageSchema,
  browserTokenSchema,
  type IssuedBrowserToken,
  issuedBrowserTokenSchema,
  type OpenAccountRequest,
} from "./account.ts";
export type { AccountService } from "./account-service.ts";
export { ApiError, type ErrorBody, type Issue } from "./api-error.ts";
export { type AppOptions, type AppType, createApp } from "./app.ts";
export {
  type Diagnostic,
  type DiagnosticProbe,
  type DiagnosticStatus,
  type Diagnostics,
  diagnosticsSchema,
} from "./diagnostics.ts";
export { API_ERRORS, type ApiErrorCode, JOB_ERRORS, type JobErrorCode } from "./errors.ts";
export {
  type ImageEditorInput,
  type ImageEditorRequest,
  imageEditorRequestSchema,
} from "./image-editor-request.ts";
export {
  type ImageGeneratorInput,
  type ImageGeneratorRequest,
  imageGeneratorRequestSchema,
  MAX_IMAGE_COUNT,
  requestedAspectRatio,
} from "./image-request.ts";
export { isTerminal } from "./is-terminal.ts";
export { type Model, type ModelList, type ModelRoute, modelListSchema } from "./models.ts";
export type { Page, PageQuery } from "./page.ts";
export { MAX_WAIT_SECONDS } from "./prefer.ts";
export {
  ACCOUNT_SCOPES,
  ALL_SCOPES,
  BROWSER_SCOPES,
  type BrowserScope,
  type Principal,
  type Scope,
} from "./principal.ts";
export {
  type Created,
  createdSchema,
  type Download,
  type Project,
  type ProjectImage,
  type ProjectPage,
  type ProjectQuery,
  type ProjectStatus,
  projectPageSchema,
  projectSchema,
  type Timeline,
  timelineSchema,
} from "./project.ts";
export { type RateLimit, rateLimitHeaders } from "./rate-limit.ts";
export type { CreateOptions, Health, JobCreated, ProjectEvent, Service, WatchOptions } from "./service.ts";
export { STYLE_TOOLS } from "./style-tools.ts";
export {
  type UploadUrls,
  type UploadUrlsInput,
  type UploadUrlsRequest,
  uploadUrlsRequestSchema,
  uploadUrlsSchema,
} from "./upload-urls.ts";
export {
  type Delivery,
  type DeliveryPage,
  deliveryPageSchema,
  WEBHOOK_EVENTS,
  type Webhook,
  type WebhookEvent,
  type WebhookInput,
  type WebhookList,
  type WebhookRequest,
  type WebhookWithSecret,
  webhookListSchema,
  webhookRequestSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from "./webhook.ts";
export type { WebhookService } from "./webhook-service.ts";
