import { type Diagnostics, diagnosticsSchema } from "../diagnostics.ts";
import type { Operation } from "./operation.ts";

const EXAMPLE: Diagnostics = {
  version: "0.1.0",
  at: "2026-11-23T08:00:00.000Z",
  public_url: "https://images.example.com",
  images_url: "https://cdn.example.com",
  probe: { file: "00000000…-1.png", content_type: "image/png", sha256: "9f86d081…" },
  checks: [
    { name: "bucket", status: "ok", message: "takes, gives, lists and deletes", fix: null },
    {
      name: "provider fal",
      status: "fault",
      message: "fal answered 401: Unauthorized",
      fix: 'put a good key into FAL_API_KEY: "wrangler secret put FAL_API_KEY"',
    },
  ],
};

/** The deployment's look at itself, for the operator alone. */
export const DIAGNOSTICS_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/admin/diagnostics",
    id: "getDiagnostics",
    tag: "Admin",
    summary: "What is wrong with this deployment, and how to fix it",
    description:
      "Looks at bindings, secrets, settings, the bucket and the keys of providers, by calls that cost nothing. " +
      "Settings without which nothing works are a 503 of this and every other endpoint, which names them. " +
      "`pnpm run doctor` also looks from outside.",
    answers: [
      {
        status: 200,
        description: "What was found, whether or not all is well",
        content: { schema: diagnosticsSchema, example: EXAMPLE },
      },
    ],
    errors: [403, 503],
  },
];
