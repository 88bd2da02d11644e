import {
  type JobOrder,
  type JobSummary,
  type Provider,
  type ProviderContext,
  ProviderError,
  type RenderMemory,
  type Settlement,
  type WebhookEvent,
} from "@bluehour/core";
import type { Bindings } from "../bindings.ts";
import { callbackUrl } from "../callbacks.ts";
import { namespaces } from "../namespaces.ts";
import { outboundFetch } from "../outbound/outbound-fetch.ts";
import { findProvider } from "../providers.ts";
import { readSettings } from "../settings.ts";
import { fetchWithInputs, type JobInputs, jobInputs } from "../uploads/job-inputs.ts";
import { tellEvent } from "../webhooks/tell-event.ts";
import type { HeldImages } from "./held-images.ts";

/** The outside, as a job's effects need it. */
export interface Outside {
  readonly jobId: string;
  readonly bucket: R2Bucket;
  readonly held: HeldImages;
  readonly fetch: ProviderContext["fetch"];
  readonly now: () => number;
  /** What this process has learned of render times. */
  readonly renders: RenderMemory;
  /** The images to edit, as the provider may get them. */
  readonly inputs: Promise<JobInputs>;
  /** Where a provider may call back about a part; undefined where nobody outside can reach us. */
  callbackUrl(part: number): Promise<string | undefined>;
  /** @returns null for a provider that is not configured any more */
  findProvider(id: string): Provider | null;
  settle(settlement: Settlement): Promise<void>;
  /** Hands an event over to those who want to hear of it. */
  announce(news: { event: WebhookEvent; job: JobSummary }): Promise<void>;
  erase(): Promise<void>;
}

/** What only the job object itself has. */
interface Inside extends Pick<Outside, "held" | "renders" | "erase"> {
  /** The job as it is now. */
  summary(): JobSummary;
}

/** The outside of a job on Cloudflare. */
export function createOutside(
  bindings: Bindings,
  order: JobOrder,
  { held, renders, summary, erase }: Inside,
): Outside {
  const settings = readSettings(bindings);
  const objects = namespaces(bindings);
  const inputs = jobInputs(order, settings);
  return {
    jobId: order.id,
    bucket: bindings.IMAGES,
    held,
    inputs,
    fetch: fetchWithInputs(outboundFetch(settings.allowPrivateHosts), bindings.IMAGES, inputs),
    now: Date.now,
    renders,
    callbackUrl: (part) => callbackUrl(settings, order.id, part),
    findProvider: (id) => findProvider(id, settings),
    settle: async ({ deleted }) => {
      await objects.account(order.accountId).settle(summary(), deleted);
    },
    announce: (news) => tellEvent(order, news, objects, settings),
    erase,
  };
}

/** @throws ProviderError `unauthorized` for a provider that is not configured any more */
export function configured(outside: Outside, id: string): Provider {
  const provider = outside.findProvider(id);
  if (!provider) throw new ProviderError("unauthorized", `${id} is not configured any more`);
  return provider;
}

/** What an adapter may touch of the outside in one call. */
export function contextOf(
  { fetch, now }: Outside,
  idempotencyKey: string,
  signal: AbortSignal,
): ProviderContext {
  return { fetch, now, signal, idempotencyKey };
}
