import type { JobOrder, Route } from "./order.ts";

/** A route for tests: polled, not idempotent, not to be looked up, cancelable. */
export function testRoute(change: Partial<Route> = {}): Route {
  return {
    provider: "painter",
    model: "default",
    maxImagesPerCall: 1,
    typicalMs: 4_000,
    idempotent: false,
    findable: false,
    callsBack: false,
    pollable: true,
    cancelable: true,
    ...change,
  };
}

/** An order for tests: created at 0, one image, ten minutes of time. */
export function testOrder(change: Partial<JobOrder> & { imageCount?: number } = {}): JobOrder {
  const { imageCount = 1, ...rest } = change;
  return {
    id: "job",
    accountId: "default",
    createdBy: null,
    type: "AI_IMAGE",
    name: "test",
    model: "default",
    image: {
      prompt: "a lighthouse",
      tool: "general",
      qualityMode: "standard",
      aspectRatio: "1:1",
      resolution: "auto",
      imageCount,
      inputs: [],
    },
    routes: [testRoute()],
    creditsPerImage: 5,
    seed: 1,
    createdAt: 0,
    deadlineAt: 600_000,
    retentionMs: 30 * 86_400_000,
    unknownSubmission: "resubmit",
    webhooks: [],
    webhookUrl: null,
    imagesUrl: "https://images.example",
    ...rest,
  };
}
