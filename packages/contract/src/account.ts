import * as z from "zod";
import { pageSchema } from "./page.ts";
import { BROWSER_SCOPES, type BrowserScope } from "./principal.ts";
import { timestampSchema } from "./timestamp.ts";

/** Most credits in one grant or cap: sums of many stay exact. */
const MAX_CREDITS = 1_000_000_000;

/** Longest life of a browser token, in seconds. */
const MAX_EXPIRES_IN = 86_400;

/** An account as its owner sees it. Always: granted = balance + charged − refunded. */
export interface Account {
  id: string;
  name: string;
  /** ISO 8601, UTC. */
  created_at: string;
  credits: {
    /** All credits ever given; null if unmetered. */
    granted: number | null;
    /** Credits left; null if unmetered. */
    balance: number | null;
    /** All charges, those included that were refunded. */
    charged: number;
    /** All refunds. */
    refunded: number;
  };
  limits: {
    /** Also the most that may come at once. */
    creates_per_minute: number;
  };
}

export const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  created_at: timestampSchema,
  credits: z.object({
    granted: z.int().nullable().meta({ description: "All credits ever given; null if unmetered" }),
    balance: z.int().nullable().meta({ description: "Credits left; null if unmetered" }),
    charged: z.int().meta({ description: "All charges, those included that were refunded" }),
    refunded: z.int().meta({ description: "All refunds" }),
  }),
  limits: z.object({
    creates_per_minute: z.int().meta({ description: "Also the most that may come at once" }),
  }),
}) satisfies z.ZodType<Account>;

/** Body of `POST /v1/admin/accounts`. */
export const openAccountSchema = z.object({
  name: z.string().min(1).max(255),
  credits: z
    .int()
    .min(0)
    .max(MAX_CREDITS)
    .nullable()
    .meta({ description: "Credits to begin with; null for an account that is counted and never refused" }),
});
export type OpenAccountRequest = z.output<typeof openAccountSchema>;

/** Body of `POST /v1/admin/accounts/{id}/credits`. */
export const grantCreditsSchema = z.object({ add: z.int().min(1).max(MAX_CREDITS) });

/** An account that was just opened, or another token for it: the token is shown this once. */
export const accountTokenSchema = z.object({ id: z.string(), token: z.string() });
export type AccountToken = z.output<typeof accountTokenSchema>;

/** Body of `POST /v1/account/tokens`. */
export const browserTokenRequestSchema = z.object({
  scopes: z
    .array(z.enum(BROWSER_SCOPES))
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  expires_in: z.int().min(1).max(MAX_EXPIRES_IN).meta({ description: "Seconds", example: 3600 }),
  max_credits: z
    .int()
    .min(0)
    .max(MAX_CREDITS)
    .nullish()
    .meta({ description: "Most credits its jobs may cost, refunds given back; none: the account's own" }),
  origin: z
    .string()
    .max(255)
    .refine(isOrigin, "must be an origin such as https://shop.example, without a path")
    .nullish()
    .meta({ description: "The only page it is accepted from", example: "https://shop.example" }),
});
export type BrowserTokenRequest = z.output<typeof browserTokenRequestSchema>;

/** What a caller sends to have a browser token issued. */
export interface BrowserTokenInput {
  /** What it allows: `generate` to create jobs, `read` to see those it created, `upload` for files to edit. */
  scopes: BrowserScope[];
  /** Seconds until it expires, up to 86,400. */
  expires_in: number;
  /** Most credits its jobs may cost, refunds given back. Default: the account's own. */
  max_credits?: number | null | undefined;
  /** The only page it is accepted from, such as `https://shop.example`. Default: any. */
  origin?: string | null | undefined;
}

/** A browser token in the list. */
export interface BrowserToken {
  /** Names it where it is revoked. */
  id: string;
  /** What it allows. */
  scopes: BrowserScope[];
  /** The only page it is accepted from; null for any. */
  origin: string | null;
  /** ISO 8601, UTC. */
  created_at: string;
  /** ISO 8601, UTC. */
  expires_at: string;
  /** Most credits its jobs may cost; null for the account's own. */
  max_credits: number | null;
  /** What its jobs cost, less what was refunded. */
  credits_charged: number;
}

/** A browser token that was just issued. */
export interface IssuedBrowserToken extends BrowserToken {
  /** The token itself, shown this once. */
  token: string;
}

export const browserTokenSchema = z.object({
  id: z.string(),
  scopes: z.array(z.enum(BROWSER_SCOPES)),
  origin: z.string().nullable(),
  created_at: timestampSchema,
  expires_at: timestampSchema,
  max_credits: z.int().nullable(),
  credits_charged: z.int().meta({ description: "What its jobs cost, less what was refunded" }),
}) satisfies z.ZodType<BrowserToken>;

export const issuedBrowserTokenSchema = browserTokenSchema.extend({
  token: z.string(),
}) satisfies z.ZodType<IssuedBrowserToken>;

export const browserTokenPageSchema = pageSchema(browserTokenSchema);

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
}
