export {
  type Created,
  type Download,
  type ImageGeneratorInput,
  isTerminal,
  type Project,
  type ProjectStatus,
  STYLE_TOOLS,
} from "@bluehour/contract";
export { type BluehourClient, type ClientOptions, createClient } from "./create-client.ts";
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
export type { AiImageGenerator, CreateOptions, GenerateOptions } from "./image-generator.ts";
export type { ImageProjects, Result, ResultOptions } from "./image-projects.ts";
export type { RpcClient } from "./rpc.ts";
export type { SavedOutputs } from "./save-outputs.ts";
export type { ScopeOptions } from "./scope.ts";
export type { OnProgress } from "./wait-for-project.ts";
