import type { ImageCall, ProviderContext } from "@bluehour/core";
import { expect } from "vitest";

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  /** Parsed if it is JSON. */
  readonly body: unknown;
}

/** A network that gives the answers in turn, and what it was sent. */
export function answersInTurn(...answers: Response[]): { context: ProviderContext; sent: Sent[] } {
  const sent: Sent[] = [];
  const context: ProviderContext = {
    fetch: async (url, init = {}) => {
      const body = typeof init.body === "string" ? JSON.parse(init.body) : init.body;
      sent.push({ method: init.method ?? "GET", url, headers: new Headers(init.headers), body });
      return answers[sent.length - 1] ?? expect.fail(`unexpected call of ${url}`);
    },
    now: () => 0,
    signal: new AbortController().signal,
    idempotencyKey: "job.0.0",
  };
  return { context, sent };
}

/** A call for one square image. */
export function callFor(model: string, changes: Partial<ImageCall> = {}): ImageCall {
  return {
    model,
    prompt: "a cat",
    tool: "ai-icon-generator",
    qualityMode: "standard",
    aspectRatio: "1:1",
    resolution: "auto",
    count: 1,
    firstIndex: 0,
    seed: 7,
    inputs: [],
    ...changes,
  };
}
