/** JSON that survives a round trip through storage. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * A running generation as its provider knows it. Opaque to everyone but the adapter that returned it; kept in
 * the job's state, so it must be JSON and hold no secret.
 */
export type Operation = Json;

/** The shapes an image can be asked in, width to height. */
export const ASPECT_RATIOS = ["1:1", "16:9", "9:16"] as const;
export type AspectRatio = (typeof ASPECT_RATIOS)[number];

/** Longest edge of an image: 640, 1,024, 2,048 or 4,096 pixels; `auto` leaves it to the model. */
export const RESOLUTIONS = ["auto", "640px", "1k", "2k", "4k"] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** How much care Magic Hour's `quality_mode` asks for. */
export const QUALITY_MODES = ["standard", "pro"] as const;
export type QualityMode = (typeof QUALITY_MODES)[number];

/** An input image of an edit. */
export interface InputImage {
  /** Where `ProviderContext.fetch` gets it from: of a file of ours the same for the whole life of a job. */
  readonly url: string;
  /** Whether the provider itself can fetch the address; otherwise it must be handed the bytes. */
  readonly reachable: boolean;
}

/** One upstream call: what a part of a job asks of a provider. */
export interface ImageCall {
  /** The provider's own name of the model, e.g. `fal-ai/flux/schnell`. */
  readonly model: string;
  /** The caller's prompt, untouched. */
  readonly prompt: string;
  /** One of Magic Hour's 35 style tools. Adapters other than Magic Hour's apply it with `shapePrompt`. */
  readonly tool: string;
  readonly qualityMode: QualityMode;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  /** Number of images to return, 1 to the model's `maxImagesPerCall`. */
  readonly count: number;
  /** Index in the job of the first image of this call; makes images of one job differ. */
  readonly firstIndex: number;
  /** 32-bit seed of the job. */
  readonly seed: number;
  /** Images to edit; empty for text to image. */
  readonly inputs: readonly InputImage[];
}

/** What a model can do and how long it usually takes. */
export interface ProviderModel {
  /** Most images one `submit` may ask for. */
  readonly maxImagesPerCall: number;
  /** Most images one `submit` of an edit may ask for, where that differs. */
  readonly maxImagesPerEdit?: number;
  /**
   * Most images one `submit` may ask for above 1k, where that is fewer: where all images come in one answer, which a
   * Worker has to hold in its 128 MB.
   */
  readonly maxImagesPerLargeCall?: number;
  /** Median time from submit to done, in milliseconds: the seed of the pace's estimate. */
  readonly typicalMs: number;
  readonly aspectRatios: readonly AspectRatio[];
  readonly resolutions: readonly Resolution[];
  readonly capabilities: {
    /** Takes input images. */
    readonly edit: boolean;
    /** Can call back when an operation ends. */
    readonly callback: boolean;
    /** Has a way to stop a running operation. */
    readonly cancel: boolean;
    /** Deduplicates submits by `ProviderContext.idempotencyKey`. */
    readonly idempotent: boolean;
  };
}

/** Everything an adapter may touch of the outside. */
export interface ProviderContext {
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
  /** Aborted when the call's time limit is over. */
  readonly signal: AbortSignal;
  /** Names one submit: the same each time it is sent again, and when it is looked up, until its outcome is known. */
  readonly idempotencyKey: string;
  /** Where the provider may say that the operation has ended; with a submit only, and where it can reach us. */
  readonly callbackUrl?: string | undefined;
}

/** An image as a provider hands it over: an address to fetch it from, or the bytes. */
export type ProviderImage =
  | { readonly url: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>; readonly contentType: string };

export interface Running {
  readonly status: "running";
  /** 0 to 1, where the provider tells it. */
  readonly progress?: number;
  /** Milliseconds until the provider expects to be done, where it tells. */
  readonly etaMs?: number;
}

export interface Done {
  readonly status: "done";
  /** In the order of the call's indices; fewer than asked means that the rest failed. */
  readonly images: readonly ProviderImage[];
}

/** The operation itself ended without images, as opposed to a call about it that failed (`ProviderError`). */
export interface Failed {
  readonly status: "failed";
  readonly error: ProviderError;
}

/** The provider never got the submit, or forgot it: nothing of it is running, and nothing will be billed. */
export interface Absent {
  readonly status: "absent";
}

export type Submitted = (Running & { readonly operation: Operation }) | Done;
export type Found = Submitted | Absent;
export type Polled = Running | Done | Failed;
export type CancelOutcome = "canceled" | "too_late" | "unknown";

/**
 * What went wrong, by what to do about it:
 * - `rejected`: final; the prompt or the input cannot be painted.
 * - `throttled`: wait as told, then ask again.
 * - `unavailable`: back off, then ask again, then the model's next route.
 * - `unauthorized`: the key or the quota of this route is no good, or does not get at the model; the next route.
 * - `unknown_outcome`: a submit was sent and its answer lost.
 */
export type FailureKind = "rejected" | "throttled" | "unavailable" | "unauthorized" | "unknown_outcome";

/** Why a `rejected` call is final. */
export type RejectionCode = "content_rejected" | "invalid_input";

/** The one error an adapter throws. `message` is short, and free of secrets and of raw upstream bodies. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  readonly kind: FailureKind;
  readonly rejection: RejectionCode | undefined;
  /** Milliseconds the provider asked us to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FailureKind,
    message: string,
    options: {
      retryAfterMs?: number | undefined;
      rejection?: RejectionCode | undefined;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.rejection = kind === "rejected" ? (options.rejection ?? "invalid_input") : undefined;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * An upstream that paints. Adapters are built from their settings (key, base URL) by a factory, hold no state
 * and contain no loop: the job decides when to call.
 */
export interface Provider {
  /** First segment of `provider/model`, e.g. `magic-hour`. */
  readonly id: string;
  /** Limits and capabilities of a model; for a name it does not know, what an unknown model can be expected to do. */
  describe(model: string): ProviderModel;
  /** Starts a generation. @throws ProviderError */
  submit(call: ImageCall, context: ProviderContext): Promise<Submitted>;
  /**
   * Looks up a submit whose answer was lost, by what `submit` made of the idempotency key. Only for providers that let
   * the caller name a generation.
   *
   * @throws ProviderError when the question failed
   */
  find?(call: ImageCall, context: ProviderContext): Promise<Found>;
  /** Asks how an operation is doing. @throws ProviderError when the call, not the operation, failed */
  poll?(operation: Operation, context: ProviderContext): Promise<Polled>;
  /** Asks the provider to stop an operation. @throws ProviderError */
  cancel?(operation: Operation, context: ProviderContext): Promise<CancelOutcome>;
  /**
   * Asks the provider, by a call that costs nothing, whether it takes our key, or is there at all if it has none. Only
   * for providers whose API has such a call.
   *
   * @throws ProviderError `unauthorized` for a key that is refused; any other kind leaves it open
   */
  check?(context: ProviderContext): Promise<void>;
}
