export type {
  Created,
  Download,
  ImageGeneratorInput,
  Model,
  ModelList,
  Project,
  ProjectStatus,
} from "@bluehour/contract";
export { isTerminal } from "@bluehour/contract/is-terminal";
export { STYLE_TOOLS } from "@bluehour/contract/style-tools";
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
export type { Wait } from "./follow-project.ts";
export type { AiImageGenerator, CreateOptions, GenerateOptions, ResumeOptions } from "./image-generator.ts";
export type { EventOptions, ImageProjects, OnProgress, Result, ResultOptions } from "./image-projects.ts";
export type { Models } from "./models.ts";
export type { RpcClient } from "./rpc.ts";
export type { SavedOutputs } from "./save-outputs.ts";
export type { ScopeOptions } from "./scope.ts";
export {
  verifyWebhook,
  type WebhookDelivery,
  type WebhookEvent,
  WebhookVerificationError,
} from "./verify-webhook.ts";
