import {
  accountSchema,
  accountTokenSchema,
  browserTokenPageSchema,
  browserTokenRequestSchema,
  grantCreditsSchema,
  issuedBrowserTokenSchema,
  openAccountSchema,
} from "../account.ts";
import { idempotencyKeySchema } from "../idempotency-key.ts";
import { IDEMPOTENT_REPLAYED } from "./create-parts.ts";
import type { Content, Operation } from "./operation.ts";
import { PAGE_PARAMETERS } from "./page-parameters.ts";

const ACCOUNT: Content = {
  schema: accountSchema,
  example: {
    id: "acme",
    name: "Acme",
    created_at: "2026-11-23T08:00:00.000Z",
    credits: { granted: 1000, balance: 905, charged: 100, refunded: 5 },
    limits: { creates_per_minute: 120 },
  },
};
const TOKEN: Content = { schema: accountTokenSchema, example: { id: "acme", token: "bh_…" } };
const BROWSER_TOKEN = {
  id: "01k9z",
  scopes: ["generate" as const, "read" as const],
  origin: "https://shop.example",
  created_at: "2026-11-23T08:00:00.000Z",
  expires_at: "2026-11-23T09:00:00.000Z",
  max_credits: 50,
  credits_charged: 0,
};

/** What an account has, and the tokens it gives to front ends. */
export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/account",
    id: "getAccount",
    tag: "Account",
    summary: "Credits and limits",
    answers: [{ status: 200, description: "The account of the token", content: ACCOUNT }],
    errors: [403],
  },
  {
    method: "post",
    path: "/v1/account/tokens",
    id: "issueBrowserToken",
    tag: "Account",
    summary: "Issue a short-lived token for a front end",
    description: "It can do nothing but its scopes, and sees only the jobs that it created.",
    body: {
      schema: browserTokenRequestSchema,
      example: { scopes: ["generate", "read"], expires_in: 3600, max_credits: 50 },
    },
    answers: [
      {
        status: 200,
        description: "The token is shown this once",
        content: { schema: issuedBrowserTokenSchema, example: { ...BROWSER_TOKEN, token: "bh_…" } },
      },
    ],
    errors: [400, 403, 413, 415],
  },
  {
    method: "get",
    path: "/v1/account/tokens",
    id: "listBrowserTokens",
    tag: "Account",
    summary: "List the tokens of front ends that still stand",
    parameters: PAGE_PARAMETERS,
    answers: [
      {
        status: 200,
        description: "Newest first",
        content: {
          schema: browserTokenPageSchema,
          example: { items: [BROWSER_TOKEN], next_cursor: null },
        },
      },
    ],
    errors: [400, 403],
  },
  {
    method: "delete",
    path: "/v1/account/tokens/{tokenId}",
    id: "revokeBrowserToken",
    tag: "Account",
    summary: "Revoke a token of a front end",
    description: "At once for creates, within a minute for everything else.",
    answers: [{ status: 204, description: "Revoked" }],
    errors: [403, 404],
  },
];

/** Accounts, for the operator alone. */
export const ADMIN_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/v1/admin/accounts",
    id: "openAccount",
    tag: "Admin",
    summary: "Open an account",
    body: { schema: openAccountSchema, example: { name: "Acme", credits: 1000 } },
    answers: [{ status: 200, description: "Its id, and a token that is shown this once", content: TOKEN }],
    errors: [400, 403, 413, 415],
  },
  {
    method: "post",
    path: "/v1/admin/accounts/{id}/credits",
    id: "grantCredits",
    tag: "Admin",
    summary: "Add credits to an account",
    parameters: [
      {
        in: "header",
        name: "Idempotency-Key",
        description:
          "Names this addition for good, as by the payment it is for: repeated with the same number, it adds nothing more",
        schema: idempotencyKeySchema,
        example: "payment-4711",
      },
    ],
    body: { schema: grantCreditsSchema, example: { add: 500 } },
    answers: [
      {
        status: 200,
        description: "The account as it is now",
        headers: IDEMPOTENT_REPLAYED,
        content: ACCOUNT,
      },
    ],
    errors: [400, 403, 404, 409, 413, 415, 422],
  },
  {
    method: "post",
    path: "/v1/admin/accounts/{id}/tokens",
    id: "issueAccountToken",
    tag: "Admin",
    summary: "Issue one more token of an account",
    answers: [{ status: 200, description: "The token is shown this once", content: TOKEN }],
    errors: [403, 404],
  },
  {
    method: "delete",
    path: "/v1/admin/accounts/{id}/tokens/{tokenId}",
    id: "revokeAccountToken",
    tag: "Admin",
    summary: "Revoke a token of an account",
    answers: [{ status: 204, description: "Revoked" }],
    errors: [403, 404],
  },
];
