import type { IncomingHttpHeaders } from "node:http";
import { FaultBook } from "./fault-book.ts";
import type { Project } from "./project.ts";

/** A create call that carried a good key. */
export interface SubmitRecord {
  readonly atMs: number;
  readonly path: string;
  readonly body: unknown;
  readonly headers: IncomingHttpHeaders;
  /** The job it began, and so was paid for, even if the answer got lost; null if none. */
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
  readonly projects = new Map<string, Project>();
  readonly uploads = new Map<string, Upload>();
  readonly submits: SubmitRecord[] = [];
  readonly images: ServedImage[] = [];
  readonly requests: RequestRecord[] = [];

  constructor(settings: { apiKey: string; renderMs: number; now: () => number }) {
    this.apiKey = settings.apiKey;
    this.renderMs = settings.renderMs;
    this.now = settings.now;
  }

  /** Forgets faults, jobs, uploads and what was recorded. */
  reset(): void {
    this.scripted.clear();
    for (const map of [this.byPrompt, this.projects, this.uploads]) map.clear();
    for (const list of [this.submits, this.images, this.requests]) list.length = 0;
  }
}
