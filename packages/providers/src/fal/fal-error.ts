import type { FailureKind, RejectionCode } from "@bluehour/core";
import * as z from "zod";
import type { Said } from "../http-failure.ts";

interface Meaning {
  readonly kind: FailureKind;
  readonly rejection?: RejectionCode;
}
const UNAVAILABLE: Meaning = { kind: "unavailable" };

/**
 * Types of errors that mean something else than their HTTP status says: those of models
 * (https://fal.ai/docs/documentation/model-apis/errors) and those of fal's own machinery
 * (https://fal.ai/docs/documentation/model-apis/request-errors).
 */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries<Meaning>({
    content_policy_violation: { kind: "rejected", rejection: "content_rejected" },
    no_media_generated: UNAVAILABLE,
    internal_server_error: UNAVAILABLE,
    generation_timeout: UNAVAILABLE,
    downstream_service_error: UNAVAILABLE,
    downstream_service_unavailable: UNAVAILABLE,
    request_timeout: UNAVAILABLE,
    startup_timeout: UNAVAILABLE,
    runner_scheduling_failure: UNAVAILABLE,
    runner_connection_timeout: UNAVAILABLE,
    runner_disconnected: UNAVAILABLE,
    runner_connection_refused: UNAVAILABLE,
    runner_connection_error: UNAVAILABLE,
    runner_incomplete_response: UNAVAILABLE,
    runner_server_error: UNAVAILABLE,
    client_disconnected: UNAVAILABLE,
    client_cancelled: UNAVAILABLE,
    internal_error: UNAVAILABLE,
  }),
);

const problemSchema = z.object({
  msg: z.string(),
  type: z.string().nullish(),
  loc: z.array(z.union([z.string(), z.number()])).nullish(),
});

/** Both shapes of fal's errors: a list of problems of the model, or a sentence of the machinery. */
export const falErrorSchema: z.ZodType<Said> = z
  .object({ detail: z.union([z.string(), z.array(problemSchema)]), error_type: z.string().nullish() })
  .transform(({ detail, error_type }) => {
    const problems = typeof detail === "string" ? [] : detail;
    const message = typeof detail === "string" ? detail : problems.map(sentence).join("; ");
    const types = [error_type, ...problems.map(({ type }) => type)];
    return { message, ...types.map((type) => MEANINGS.get(type ?? "")).find(Boolean) };
  });

function sentence({ msg, type, loc }: z.infer<typeof problemSchema>): string {
  const where = (loc ?? []).filter((step) => step !== "body").join(".");
  return `${where === "" ? "" : `${where}: `}${msg}${type ? ` (${type})` : ""}`;
}
