import * as z from "zod";
import { timestampSchema } from "./timestamp.ts";

const DIAGNOSTIC_STATUSES = ["ok", "warning", "fault"] as const;
/** `warning`: it works, and may not be what is wanted. `fault`: something does not work. */
export type DiagnosticStatus = (typeof DIAGNOSTIC_STATUSES)[number];

/** What one look at a deployment found. */
export interface Diagnostic {
  /** What was looked at, e.g. `bucket` or `provider fal`. */
  name: string;
  status: DiagnosticStatus;
  /** What was found, in a sentence without its full stop. Never holds a secret. */
  message: string;
  /** What to do about it, likewise; null where there is nothing to do. */
  fix: string | null;
}

const diagnosticSchema = z.object({
  name: z.string().meta({ description: "What was looked at", example: "bucket" }),
  status: z.enum(DIAGNOSTIC_STATUSES).meta({
    description: "`warning`: it works, and may not be what is wanted; `fault`: something does not work",
  }),
  message: z.string().meta({ description: "What was found" }),
  fix: z.string().nullable().meta({ description: "What to do about it" }),
}) satisfies z.ZodType<Diagnostic>;

/** A small image that was just put into the bucket, to be looked for at the deployment's public addresses. */
export interface DiagnosticProbe {
  /** Its object key, and its name below `/images`. */
  file: string;
  content_type: string;
  /** Of its bytes, in hexadecimal. */
  sha256: string;
}

/** What a deployment finds when it looks at itself. What only shows from outside is for the caller to look at. */
export interface Diagnostics {
  version: string;
  /** The Worker's clock: ISO 8601, UTC. */
  at: string;
  /** The setting `PUBLIC_URL`; null if it is not set. */
  public_url: string | null;
  /** Where images are public, without a slash at its end. */
  images_url: string;
  /** Null where the bucket does not take it. Taken away by the next look. */
  probe: DiagnosticProbe | null;
  checks: Diagnostic[];
}

export const diagnosticsSchema = z.object({
  version: z.string(),
  at: timestampSchema.meta({ description: "The Worker's clock" }),
  public_url: z.string().nullable().meta({ description: "The setting `PUBLIC_URL`" }),
  images_url: z.string().meta({ description: "Where images are public" }),
  probe: z
    .object({
      file: z
        .string()
        .meta({ description: "Its name below `images_url`, and below `/images` of the Worker" }),
      content_type: z.string(),
      sha256: z.string(),
    })
    .nullable()
    .meta({
      description: "A small image that was just put into the bucket; the next look takes it away",
    }),
  checks: z.array(diagnosticSchema),
}) satisfies z.ZodType<Diagnostics>;
