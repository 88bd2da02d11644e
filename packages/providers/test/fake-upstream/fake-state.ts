import type { IncomingHttpHeaders } from "node:http";
import { FaultBook } from "./fault-book.ts";
import type { Job } from "./job.ts";

/** A submit that carried a good key. */
export interface SubmitRecord {
  readonly atMs: number;
  readonly path: string;
  /** As it was sent: with the style in it, where the provider has no tools. */
  readonly prompt: string;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  /** Id of the job it began, and so was paid for, even if the answer got lost; null if none. */
  projectId: string | null;
  /** Credits charged; 0 if no job began. */
  credits: number;
  /** Name of the fault that met it. */
  fault: string | null;
}

/** A download that was answered with an image, or with the beginning of one. */
export interface ServedImage {
  readonly atMs: number;
  readonly projectId: string;
  readonly index: number;
  /** Of the whole right file in hex, also if less of it was sent. */
  readonly sha256: string;
  /** Length of the whole right file. */
  readonly bytes: number;
  /** Whether the whole right file was sent. */
  readonly intact: boolean;
}

export interface RequestRecord {
  readonly atMs: number;
  readonly method: string;
  /** Without the query, which may hold a signature. */
  readonly path: string;
  /** Whether it carried an `Authorization` header. */
  readonly authorized: boolean;
}

/** A callback that was sent. */
interface CallbackRecord {
  readonly atMs: number;
  readonly jobId: string;
  readonly url: string;
  /** Of the answer; null if none came. */
  readonly status: number | null;
}

/** An input image on its way in: addressed, then stored. */
export interface Upload {
  readonly signature: string;
  stored?: { readonly bytes: Buffer; readonly contentType: string | undefined };
}

/** Everything the fake upstream knows. */
export class FakeState {
  readonly apiKey: string;
  /** How long jobs take unless a fault says otherwise. */
  renderMs: number;
  readonly now: () => number;
  readonly scripted = new FaultBook();
  /** Faults of creates, by the prompt that asked for them: a create sent again must find them used up. */
  readonly byPrompt = new Map<string, FaultBook>();
  readonly jobs = new Map<string, Job>();
  readonly uploads = new Map<string, Upload>();
  readonly submits: SubmitRecord[] = [];
  readonly images: ServedImage[] = [];
  readonly requests: RequestRecord[] = [];
  readonly callbacks: CallbackRecord[] = [];
  /** Callbacks that are still to come. */
  readonly timers = new Set<NodeJS.Timeout>();
  readonly callbackBody: ((state: FakeState, job: Job) => unknown) | undefined;

  constructor(settings: Pick<FakeState, "apiKey" | "renderMs" | "now" | "callbackBody">) {
    this.apiKey = settings.apiKey;
    this.renderMs = settings.renderMs;
    this.now = settings.now;
    this.callbackBody = settings.callbackBody;
  }

  /** Forgets faults, jobs, uploads and what was recorded. */
  reset(): void {
    this.scripted.clear();
    for (const timer of this.timers) clearTimeout(timer);
    for (const collection of [this.byPrompt, this.jobs, this.uploads, this.timers]) collection.clear();
    for (const list of [this.submits, this.images, this.requests, this.callbacks]) list.length = 0;
  }
}
