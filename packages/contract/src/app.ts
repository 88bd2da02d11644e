import { type Context, Hono } from "hono";
import type { ApplyGlobalResponse } from "hono/client";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { ApiError, type ErrorBody } from "./api-error.ts";
import type { AppEnv } from "./app-env.ts";
import { authenticate } from "./authenticate.ts";
import { errorResponse, toApiError } from "./error-response.ts";
import { accountRoutes } from "./routes/account.ts";
import { adminRoutes } from "./routes/admin.ts";
import { fileRoutes } from "./routes/files.ts";
import { imageEditorRoutes } from "./routes/image-editor.ts";
import { imageGeneratorRoutes } from "./routes/image-generator.ts";
import { imageProjectRoutes } from "./routes/image-projects.ts";
import { modelRoutes } from "./routes/models.ts";
import { openApiRoutes } from "./routes/openapi.ts";
import { webhookRoutes } from "./routes/webhooks.ts";
import type { Service } from "./service.ts";

export interface AppOptions {
  /** Of what answers, for the OpenAPI document. */
  readonly version: string;
  /** The service that answers a request. @throws ApiError `not_configured` */
  service(context: Context): Service;
  /** Origins that browsers may call `/v1` from; `*` for all. */
  corsOrigins(context: Context): string | string[];
  /** Told of every error that nobody foresaw; the caller only learns that there was one. */
  onUnexpectedError(error: unknown, context: Context): void;
}

/** Response headers that a browser's script may read. */
const EXPOSED_HEADERS = [
  "X-Request-Id",
  "Location",
  "Idempotent-Replayed",
  "Preference-Applied",
  "Retry-After",
  "RateLimit",
  "RateLimit-Policy",
];

function apiRoutes() {
  return new Hono<AppEnv>()
    .get("/healthz", (context) => context.json(context.get("service").health(), 200))
    .route("/v1/ai-image-generator", imageGeneratorRoutes)
    .route("/v1/ai-image-editor", imageEditorRoutes)
    .route("/v1/image-projects", imageProjectRoutes)
    .route("/v1/files", fileRoutes)
    .route("/v1/webhooks", webhookRoutes)
    .route("/v1/models", modelRoutes)
    .route("/v1/account", accountRoutes)
    .route("/v1/admin", adminRoutes);
}

/** The whole HTTP interface over a service. Knows nothing of where it runs. */
export function createApp(options: AppOptions) {
  const app = new Hono<AppEnv>();
  app.onError((error, context) => {
    const known = toApiError(error);
    if (!known) options.onUnexpectedError(error, context);
    return errorResponse(known ?? new ApiError("internal"), context);
  });
  app.notFound((context) => errorResponse(new ApiError("not_found"), context));

  app.use(requestId());
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const Allow = methods.join(", ");
        const error = new ApiError("method_not_allowed", `Use ${Allow} here`, { headers: { Allow } });
        return errorResponse(error, context);
      },
    }),
  );
  app.use("/v1/*", (context, next) =>
    cors({
      origin: options.corsOrigins(context),
      allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "Prefer", "Last-Event-ID"],
      exposeHeaders: EXPOSED_HEADERS,
      maxAge: 86_400,
    })(context, next),
  );
  app.route("/", openApiRoutes(options.version));
  app.use(async (context, next) => {
    context.set("service", options.service(context));
    await next();
  });
  app.use("/v1/*", authenticate);
  app.route("/", apiRoutes());
  return app;
}

type ErrorStatus = 400 | 401 | 402 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503;

/** The type that `hc` needs: every route, each of which may also answer an error. */
export type AppType = ApplyGlobalResponse<
  ReturnType<typeof apiRoutes>,
  { [Status in ErrorStatus]: { json: ErrorBody } }
>;
