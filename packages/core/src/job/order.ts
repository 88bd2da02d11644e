import type { AspectRatio, QualityMode, Resolution } from "../provider.ts";
import type { WebhookEvent } from "../webhook/delivery.ts";

/** One way to have a job painted: a provider's model, and the facts about it that the job decides by. */
export interface Route {
  readonly provider: string;
  /** The provider's own name of the model. */
  readonly model: string;
  readonly maxImagesPerCall: number;
  /** Median time to paint, in milliseconds. */
  readonly typicalMs: number;
  /** Submits are deduplicated by an idempotency key. */
  readonly idempotent: boolean;
  /** A submit whose answer was lost can be looked up. */
  readonly findable: boolean;
  /** Says of its own accord when an operation has ended. */
  readonly callsBack: boolean;
  /** Paints in the background and is polled; otherwise `submit` itself brings the images. */
  readonly pollable: boolean;
  /** Can be asked to stop, whether or not it promises to. */
  readonly cancelable: boolean;
}

/** An image to edit as the order names it: at a public address, or uploaded to us. */
export type InputReference = { readonly url: string } | { readonly file: string };

/** What to paint. */
export interface ImageOrder {
  readonly prompt: string;
  readonly tool: string;
  readonly qualityMode: QualityMode;
  readonly aspectRatio: AspectRatio;
  readonly resolution: Resolution;
  readonly imageCount: number;
  readonly inputs: readonly InputReference[];
}

/** Somebody of the account who wants to hear of its jobs. */
export interface WebhookTarget {
  /** Id of the endpoint. */
  readonly id: string;
  readonly events: readonly WebhookEvent[];
}

/** What to do when a submit's outcome is unknown and the provider can neither deduplicate nor be asked. */
export type UnknownSubmission = "resubmit" | "fail";

/** Everything decided at admission. Never changes afterwards, whatever happens to settings and catalogue. */
export interface JobOrder {
  readonly id: string;
  readonly accountId: string;
  /** The browser token that created it, and that may see it beside the account; null for the account itself. */
  readonly createdBy: string | null;
  readonly type: "AI_IMAGE" | "AI_IMAGE_EDITOR";
  readonly name: string;
  /** The model as the caller named it. */
  readonly model: string;
  readonly image: ImageOrder;
  /** In the order to try; at least one. */
  readonly routes: readonly Route[];
  readonly creditsPerImage: number;
  /** 32 bits; the source of every random choice the job makes, so that its transitions stay pure. */
  readonly seed: number;
  /** Milliseconds since the Unix epoch, like every time below. */
  readonly createdAt: number;
  readonly deadlineAt: number;
  /** How long outputs and records are kept after the end, in milliseconds. */
  readonly retentionMs: number;
  readonly unknownSubmission: UnknownSubmission;
  /** The account's endpoints, as they were at admission. */
  readonly webhooks: readonly WebhookTarget[];
  /** An endpoint of this job alone, which hears of everything. */
  readonly webhookUrl: string | null;
  /** Where images are public, for what webhooks tell: without a slash at the end. */
  readonly imagesUrl: string;
}
