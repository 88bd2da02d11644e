import * as z from "zod";
import { modelListSchema } from "../models.ts";
import { ACCOUNT_OPERATIONS, ADMIN_OPERATIONS } from "./account-operations.ts";
import { DIAGNOSTICS_OPERATIONS } from "./diagnostics-operations.ts";
import { EDITOR_OPERATIONS } from "./editor-operations.ts";
import { MODEL_EXAMPLE } from "./examples.ts";
import { IMAGE_OPERATIONS } from "./image-operations.ts";
import type { Operation } from "./operation.ts";
import { WEBHOOK_OPERATIONS } from "./webhook-operations.ts";

const MODEL_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/models",
    id: "listModels",
    tag: "Models",
    summary: "List the models, and which of them are available",
    answers: [
      {
        status: 200,
        description: "The catalogue, with what would make the rest available",
        content: { schema: modelListSchema, example: { items: [MODEL_EXAMPLE] } },
      },
    ],
    errors: [403],
  },
];

const SERVICE_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/healthz",
    id: "getHealth",
    tag: "Service",
    summary: "Whether the Worker lives, and its version",
    isPublic: true,
    answers: [
      {
        status: 200,
        description: "It does",
        content: {
          schema: z.object({ status: z.literal("ok"), version: z.string() }),
          example: { status: "ok", version: "0.1.0" },
        },
      },
    ],
    errors: [503],
  },
];

/** Every endpoint, in the order of the document. */
export const OPERATIONS: readonly Operation[] = [
  ...IMAGE_OPERATIONS,
  ...EDITOR_OPERATIONS,
  ...MODEL_OPERATIONS,
  ...WEBHOOK_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...ADMIN_OPERATIONS,
  ...DIAGNOSTICS_OPERATIONS,
  ...SERVICE_OPERATIONS,
];
