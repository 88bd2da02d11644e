import { createApp } from "./app.ts";
import type { Model } from "./models.ts";
import { ALL_SCOPES, type Principal } from "./principal.ts";
import type { Created, Project } from "./project.ts";
import type { ProjectEvent, Service } from "./service.ts";

export const PROJECT: Project = {
  id: "job1",
  name: "n",
  status: "complete",
  image_count: 1,
  type: "AI_IMAGE",
  created_at: "2026-01-01T00:00:00.000Z",
  enabled: true,
  credits_charged: 5,
  total_frame_cost: 5,
  downloads: [],
  error: null,
  aspect_ratio: "1:1",
  images: [{ index: 0, status: "complete", progress: 1, download: null, error: null }],
  model: "default",
  provider: "sketch",
  progress: 1,
  started_at: null,
  completed_at: null,
};
export const CREATED: Created = { id: "job1", credits_charged: 5, frame_cost: 5 };

/** What the app takes for a request of the operator's. */
export const headers = { Authorization: "Bearer t", "Content-Type": "application/json" };

const OPERATOR: Principal = { accountId: "default", tokenId: null, scopes: ALL_SCOPES, confined: false };
const ACCOUNT = {
  id: "a",
  name: "n",
  created_at: PROJECT.created_at,
  credits: { granted: null, balance: null, charged: 5, refunded: 0 },
  limits: { creates_per_minute: 120 },
};
const BROWSER_TOKEN = {
  id: "b",
  scopes: ["read" as const],
  origin: null,
  created_at: PROJECT.created_at,
  expires_at: PROJECT.created_at,
  max_credits: null,
  credits_charged: 0,
};

export const MODEL: Model = {
  id: "default",
  providers: ["sketch"],
  routes: [{ id: "sketch/default", provider: "sketch", available: true, missing: [] }],
  available: true,
  missing: [],
  generates: true,
  edits: true,
  credits_per_image: 5,
  credits_per_pro_image: 30,
  max_images: 16,
  aspect_ratios: ["1:1"],
  resolutions: ["auto"],
  typical_ms: 800,
};

const UPLOAD_URL = {
  upload_url: "https://bluehour.test/uploads/a.png",
  expires_at: PROJECT.created_at,
  file_path: "uploads/a.png",
};

const WEBHOOK = {
  id: "wh_1",
  url: "https://example.com/hook",
  events: ["image.completed" as const],
  status: "active" as const,
  created_at: PROJECT.created_at,
};

const DIAGNOSTICS = {
  version: "1",
  at: PROJECT.created_at,
  public_url: null,
  images_url: "https://bluehour.test/images",
  probe: null,
  checks: [{ name: "bucket", status: "ok" as const, message: "works", fix: null }],
};

async function* eventsOf(events: ProjectEvent[]) {
  yield* events;
}

/**
 * An app over a service that answers from constants and records what it was asked. The token `t` is the operator's;
 * the others that it knows are those of `tokens`.
 */
export function appWith(overrides: Partial<Service> = {}, tokens: Record<string, Partial<Principal>> = {}) {
  const calls: unknown[][] = [];
  const unexpected: unknown[] = [];
  const answer =
    <T>(value: T) =>
    async (...call: unknown[]): Promise<T> => {
      calls.push(call);
      return value;
    };
  const service: Service = {
    health: () => ({ status: "ok", version: "1" }),
    authenticate: async (token) => {
      if (token === "t") return OPERATOR;
      return tokens[token] ? { ...OPERATOR, tokenId: token, ...tokens[token] } : null;
    },
    stands: async () => true,
    createImage: answer({ created: CREATED, replayed: false }),
    editImage: answer({ created: CREATED, replayed: false }),
    listProjects: answer({ items: [PROJECT], next_cursor: "next" }),
    getProject: answer(PROJECT),
    watchProject: async (...call) => {
      calls.push(call);
      return eventsOf([{ id: "7", project: PROJECT }]);
    },
    deleteProject: answer(undefined),
    cancelProject: answer(PROJECT),
    getTimeline: answer({ items: [] }),
    createUploadUrls: answer({ items: [UPLOAD_URL] }),
    webhooks: {
      create: answer({ ...WEBHOOK, secret: "whsec_" }),
      list: answer({ items: [WEBHOOK] }),
      delete: answer(undefined),
      deliveries: answer({ items: [], next_cursor: null }),
      test: answer(undefined),
      redeliver: answer(undefined),
      rotateSecret: answer({ ...WEBHOOK, secret: "whsec_" }),
    },
    listModels: answer({ items: [MODEL] }),
    diagnose: answer(DIAGNOSTICS),
    accounts: {
      get: answer(ACCOUNT),
      issueBrowserToken: answer({ ...BROWSER_TOKEN, token: "secret" }),
      listBrowserTokens: answer({ items: [BROWSER_TOKEN], next_cursor: null }),
      revokeBrowserToken: answer(undefined),
      open: answer({ id: "a", token: "secret" }),
      grantCredits: answer({ account: ACCOUNT, replayed: false }),
      issueAccountToken: answer({ id: "b", token: "secret" }),
      revokeAccountToken: answer(undefined),
    },
    ...overrides,
  };
  const app = createApp({
    version: "1",
    service: () => service,
    corsOrigins: () => "*",
    onUnexpectedError: (error) => unexpected.push(error),
  });
  return { app, calls, unexpected };
}
