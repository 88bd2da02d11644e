import {
  type CancelOutcome,
  type FailureKind,
  type ImageCall,
  type Operation,
  type Polled,
  type Provider,
  type ProviderContext,
  ProviderError,
  type RejectionCode,
  type Submitted,
} from "@bluehour/core";
import * as z from "zod";
import { askAbout, failed, forgotten } from "./ask-about.ts";
import { callJson, checkKey, type HttpUpstream, readFailure, send } from "./http-call.ts";
import { clipMessage } from "./http-failure.ts";
import { describeMagicHour } from "./magic-hour/magic-hour-models.ts";
import { uploadInput } from "./magic-hour/upload-input.ts";

const operationSchema = z.object({ id: z.string().min(1) });

const projectSchema = z.object({
  status: z.string(),
  /** "If false, it is deleted." */
  enabled: z.boolean().nullish(),
  downloads: z.array(z.object({ url: z.url() })).nullish(),
  error: z.object({ message: z.string().nullish(), code: z.string().nullish() }).nullish(),
});
type Project = z.infer<typeof projectSchema>;

interface JobError {
  readonly kind: FailureKind;
  readonly rejection?: RejectionCode;
}
const INVALID_INPUT: JobError = { kind: "rejected", rejection: "invalid_input" };

/** The job error codes seen at Magic Hour that are not "try again later"; it publishes no list. */
const JOB_ERRORS: ReadonlyMap<string, JobError> = new Map([
  ["content_policy_violation", { kind: "rejected", rejection: "content_rejected" }],
  ["file_too_large", INVALID_INPUT],
  ["insufficient_credits", { kind: "unauthorized" }],
  ["invalid_file_format", INVALID_INPUT],
  ["invalid_parameters", INVALID_INPUT],
  ["no_source_face", INVALID_INPUT],
]);

/**
 * Magic Hour (https://docs.magichour.ai/api-reference) as an upstream: asynchronous, all style tools its own.
 * It documents neither idempotency keys nor a way to stop an image.
 *
 * @param settings - `baseUrl` replaces https://api.magichour.ai
 * @example createMagicHour({ apiKey: env.MAGIC_HOUR_API_KEY })
 */
export function createMagicHour(settings: { apiKey: string; baseUrl?: string }): Provider {
  const apiKey = settings.apiKey.trim();
  const upstream: HttpUpstream = {
    name: "Magic Hour",
    baseUrl: settings.baseUrl ?? "https://api.magichour.ai",
    headers: { authorization: `Bearer ${apiKey}` },
    secrets: [apiKey],
    errorSchema: z.object({ message: z.string() }),
  };

  return {
    id: "magic-hour",
    describe: describeMagicHour,

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      const paths: string[] = [];
      // One after the other: each is held in memory while it passes through.
      for (const input of call.inputs) paths.push(await uploadInput(upstream, input, context));
      const operation = await callJson(
        upstream,
        {
          method: "POST",
          path: paths.length === 0 ? "/v1/ai-image-generator" : "/v1/ai-image-editor",
          body: {
            ...requestBody(call),
            ...(paths.length === 0 ? {} : { assets: { image_file_paths: paths } }),
          },
          stakes: "paid",
        },
        operationSchema,
        context,
      );
      return { status: "running", operation };
    },

    async poll(operation: Operation, context: ProviderContext): Promise<Polled> {
      const project = await askAbout(upstream, projectPath(operation), projectSchema, context);
      return project ? outcome(project, upstream.secrets) : forgotten(upstream);
    },

    /**
     * DELETE "permanently delete[s] the rendered image(s)", says the OpenAPI: not that it stops a running one or
     * gives credits back. So it is asked, for nobody wants the images any more, and promises nothing.
     */
    async cancel(operation: Operation, context: ProviderContext): Promise<CancelOutcome> {
      const response = await send(
        upstream,
        { method: "DELETE", path: projectPath(operation), stakes: "free" },
        context,
      );
      if (!response.ok && response.status !== 404)
        throw await readFailure(upstream, response, "free", context);
      await response.body?.cancel();
      return "unknown";
    },

    /** https://docs.magichour.ai/api-reference/account/get-account-details */
    check: (context) => checkKey(upstream, "/v1/account", context),
  };
}

function requestBody(call: ImageCall) {
  return {
    image_count: call.count,
    model: call.model,
    aspect_ratio: call.aspectRatio,
    resolution: call.resolution,
    style: {
      prompt: call.prompt,
      // The editor has no tools.
      ...(call.inputs.length === 0 ? { tool: call.tool } : {}),
      // Not in the OpenAPI any more, where the model decides, but callers of ours may still ask for it.
      ...(call.qualityMode === "pro" ? { quality_mode: call.qualityMode } : {}),
    },
  };
}

function projectPath(operation: Operation): string {
  const parsed = operationSchema.safeParse(operation);
  if (!parsed.success) throw new ProviderError("unavailable", "This is no operation of Magic Hour");
  return `/v1/image-projects/${encodeURIComponent(parsed.data.id)}`;
}

function outcome(project: Project, secrets: readonly string[]): Polled {
  if (project.enabled === false) return failed(new ProviderError("unavailable", "Deleted at Magic Hour"));
  switch (project.status) {
    case "complete": {
      const images = (project.downloads ?? []).map(({ url }) => ({ url }));
      if (images.length > 0) return { status: "done", images };
      return failed(new ProviderError("unavailable", "Magic Hour completed without an image"));
    }
    case "error": {
      const code = project.error?.code ?? "unknown_error";
      const { kind, rejection } = JOB_ERRORS.get(code) ?? { kind: "unavailable" };
      const said = clipMessage(`${code}: ${project.error?.message ?? "no reason given"}`, secrets);
      return failed(new ProviderError(kind, `Magic Hour failed: ${said}`, { rejection }));
    }
    case "canceled":
      return failed(new ProviderError("unavailable", "Canceled upstream at Magic Hour"));
    default:
      // draft, queued, rendering, and whatever comes to be added.
      return { status: "running" };
  }
}
