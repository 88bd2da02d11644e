export type {
  Account as AccountFacts,
  BrowserToken,
  BrowserTokenInput,
  Created,
  Delivery,
  DeliveryPage,
  Diagnostic,
  Diagnostics,
  Download,
  ImageGeneratorInput,
  IssuedBrowserToken,
  Model,
  ModelList,
  Page,
  Project,
  ProjectImage,
  ProjectPage,
  ProjectStatus,
  UploadUrls,
  UploadUrlsInput,
  Webhook,
  WebhookInput,
  WebhookList,
  WebhookWithSecret,
} from "@bluehour/contract";
export { isTerminal } from "@bluehour/contract/is-terminal";
export { STYLE_TOOLS } from "@bluehour/contract/style-tools";
export type { Account, AccountTokens } from "./account.ts";
export type { BluehourClient, ClientOptions } from "./connect.ts";
export {
  AbortError,
  AuthenticationError,
  BluehourError,
  CanceledError,
  ConflictError,
  DownloadError,
  type ErrorDetails,
  GenerationFailedError,
  InsufficientCreditsError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TimeoutError,
  ValidationError,
} from "./errors.ts";
export type { Files, UploadOptions } from "./files.ts";
export type { Wait } from "./follow-project.ts";
export type { AiImageEditor, EditRequest } from "./image-editor.ts";
export type { AiImageGenerator } from "./image-generator.ts";
export type { CreateOptions, GenerateOptions, ResumeOptions } from "./image-jobs.ts";
export type {
  EventOptions,
  ImageProjects,
  ListRequest,
  OnProgress,
  Result,
  ResultOptions,
} from "./image-projects.ts";
export type { Models } from "./models.ts";
export type { PageRequest } from "./page-request.ts";
export type { RpcClient } from "./rpc.ts";
export type { SavedOutputs } from "./save-outputs.ts";
export type { ScopeOptions } from "./scope.ts";
export type { UploadDetails, UploadProgress } from "./upload.ts";
export type { UploadSource } from "./upload-source.ts";
export {
  type JobEvent,
  type TestEvent,
  verifyWebhook,
  type WebhookDelivery,
  type WebhookEvent,
  WebhookVerificationError,
} from "./verify-webhook.ts";
export type { Webhooks } from "./webhooks.ts";
