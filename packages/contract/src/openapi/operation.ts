import type * as z from "zod";
import type { API_ERRORS, ApiErrorCode } from "../errors.ts";

export type ErrorStatus = (typeof API_ERRORS)[ApiErrorCode]["status"];

/** Chapters of the document, in its order. */
export const TAGS = {
  Images: "Jobs that make images: create them, follow them, end them",
  Files: "Images to start from",
  Models: "What can be asked for",
  Account: "Credits and tokens",
  Webhooks: "Being told instead of asking",
  Admin: "For the operator alone",
  Service: "The Worker itself",
} as const;

/** What an endpoint takes beside path and body. */
export interface Parameter {
  readonly in: "header" | "query";
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
  readonly example?: string | number;
}

/** What an endpoint answers when all goes well. */
export interface Answer {
  readonly status: 200 | 202 | 204;
  readonly description: string;
  /** Left out: an empty body. */
  readonly content?: Content;
  /** Name → what it says. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Content {
  /** Default: `application/json`. */
  readonly type?: string;
  /** One that `SCHEMAS` names appears by that name. */
  readonly schema: z.ZodType;
  readonly example: unknown;
}

/**
 * One endpoint, as the OpenAPI document describes it. The schemas are those that the routes validate with; what each
 * route has beside them stands here. A route without an operation fails the document's test.
 */
export interface Operation {
  readonly method: "get" | "post" | "put" | "delete";
  /** As a template: `/v1/image-projects/{id}`. */
  readonly path: string;
  /** Unique; what generated clients call it. */
  readonly id: string;
  readonly tag: keyof typeof TAGS;
  readonly summary: string;
  readonly description?: string;
  /** Needs no token. */
  readonly isPublic?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly body?: Content;
  readonly answers: readonly Answer[];
  /** Beside 401 where a token is needed, 429 and 500. */
  readonly errors: readonly ErrorStatus[];
}
