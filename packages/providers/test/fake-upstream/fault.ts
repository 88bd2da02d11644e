import * as z from "zod";

/** The calls of the API that can go wrong on their own. */
export const FAULTY_CALLS = ["submit", "poll", "delete", "upload", "download", "check"] as const;

const on = z.enum(FAULTY_CALLS);
/** How often it happens; then it is gone. */
const times = z.int().min(1).default(1);
/** The work is done first (a submitted job is registered, and paid), only its answer goes wrong. */
const after = z.boolean().default(false);

/** What can go wrong with the HTTP of a call. */
const callFaultSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("status"),
    on,
    times,
    after,
    status: z.int().min(300).max(599),
    message: z.string().optional(),
    retryAfterSeconds: z.number().optional(),
  }),
  /** Never answers. */
  z.object({ type: z.literal("hang"), on, times, after }),
  /** The connection breaks without an answer. */
  z.object({ type: z.literal("drop"), on, times, after }),
  /** 200 with a body that is not JSON; the work is done. */
  z.object({ type: z.literal("garbage"), on, times }),
  /**
   * The head, a part of the body, and then the connection breaks; the work is done. Where workerd stands between, it
   * asks again by itself when a GET gets no answer at all, so that `drop` shows nothing there.
   */
  z.object({ type: z.literal("cut"), on, times }),
]);
export type CallFault = z.infer<typeof callFaultSchema>;

/** What can go wrong with a job. By script `times` counts jobs; by marker it is always the prompt's own job. */
const jobFaultSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("slow"), times, renderMs: z.int().min(0) }),
  z.object({ type: z.literal("job-error"), times, code: z.string(), message: z.string().optional() }),
  /** Offends the provider, which says so in its own way, at submit or later. */
  z.object({ type: z.literal("moderated"), times, message: z.string().optional() }),
  z.object({ type: z.literal("canceled"), times }),
  /** Every poll answers 404. */
  z.object({ type: z.literal("vanish"), times }),
  /** Stays in a status no documentation mentions. */
  z.object({ type: z.literal("odd-status"), times }),
  /** Completes with fewer images than asked. */
  z.object({ type: z.literal("fewer"), times, images: z.int().min(0) }),
  /** Ends as it should, but the provider's callback never comes. */
  z.object({ type: z.literal("lose-callback"), times }),
]);
export type JobFault = z.infer<typeof jobFaultSchema>;

/** What can go wrong with the images of a finished job. `times` counts downloads. */
const imageFaultSchema = z.discriminatedUnion("type", [
  /** The connection breaks in the middle: fewer bytes than `Content-Length` said. */
  z.object({ type: z.literal("body-short"), times }),
  /** A file without its end, sent as if it were whole. */
  z.object({ type: z.literal("body-truncated"), times }),
  /** An HTML page with status 200. */
  z.object({ type: z.literal("body-html"), times }),
  /** The right image without `Content-Length`. */
  z.object({ type: z.literal("body-chunked"), times }),
  /** A valid PNG of about so many MiB. */
  z.object({ type: z.literal("body-large"), times, mebibytes: z.int().min(1).max(1024) }),
  /** The addresses of one poll answer 403; the next poll has good ones. Here `times` counts polls. */
  z.object({ type: z.literal("expired-url"), times }),
]);
type ImageFault = z.infer<typeof imageFaultSchema>;

/** Everything the fake upstream can do wrong. */
export const faultSchema = z.union([callFaultSchema, jobFaultSchema, imageFaultSchema]);
export type Fault = z.infer<typeof faultSchema>;
/** A fault as tests write it: `times` (1) and `after` (false) may be left out. */
export type FaultInput = z.input<typeof faultSchema>;

/** Fits the faults of one call. */
export function ofCall(call: (typeof FAULTY_CALLS)[number]): (fault: Fault) => fault is CallFault {
  return (fault): fault is CallFault => "on" in fault && fault.on === call;
}

/** Fits the faults of one type. */
export function ofType<Type extends Fault["type"]>(type: Type) {
  return (fault: Fault): fault is Extract<Fault, { type: Type }> => fault.type === type;
}

const JOB_FAULTS: ReadonlySet<string> = new Set(
  jobFaultSchema.options.map((option) => option.shape.type.value),
);

/** Fits what goes wrong with a job as a whole. */
export function isJobFault(fault: Fault): fault is JobFault {
  return JOB_FAULTS.has(fault.type);
}

/** Fits what goes wrong while an image is sent. */
export function isBodyFault(fault: Fault): fault is BodyFault {
  return fault.type.startsWith("body-");
}
export type BodyFault = Exclude<ImageFault, { type: "expired-url" }>;
