import { createHash, randomUUID } from "node:crypto";
import { type Fault, isJobFault, type JobFault } from "./fault.ts";
import { FaultBook } from "./fault-book.ts";
import type { PngPicture } from "./png.ts";

/** What a fake needs to know of a submit, in whatever language it came. */
export interface JobRequest {
  readonly prompt: string;
  readonly count: number;
  /** Shape of the pictures; the fake paints them small. */
  readonly width: number;
  readonly height: number;
  /** Chosen by the caller, where the provider lets it. */
  readonly id?: string;
  readonly callbackUrl?: string | undefined;
  /** Whatever else the dialect's answers repeat. */
  readonly extra?: Readonly<Record<string, string | null>>;
}

/** Longest edge of the pictures, in pixels. */
const EDGE = 64;

/** A job at a fake provider. */
export class Job {
  readonly id: string;
  readonly request: JobRequest;
  readonly createdMs: number;
  /** When it is done, or has failed. */
  readonly endsMs: number;
  /** Faults of this job's polls and images. */
  readonly faults: FaultBook;
  deleted = false;
  /** Stopped by the caller. */
  stopped = false;
  readonly #jobFaults: readonly JobFault[];
  readonly #tokens = new Map<string, "good" | "expired">();

  constructor(
    request: JobRequest,
    options: { createdMs: number; renderMs: number; faults: readonly Fault[] },
  ) {
    this.id = request.id ?? `fake-${randomUUID()}`;
    this.request = request;
    this.createdMs = options.createdMs;
    this.#jobFaults = options.faults.filter(isJobFault);
    this.faults = new FaultBook(options.faults.filter((fault) => !isJobFault(fault)));
    this.endsMs = options.createdMs + (this.fault("slow")?.renderMs ?? options.renderMs);
  }

  /** Whether a poll finds it. */
  get isKnown(): boolean {
    return !this.deleted && this.fault("vanish") === undefined;
  }

  /** `odd` is a status that no documentation mentions. */
  phase(nowMs: number): "odd" | "canceled" | "queued" | "rendering" | "failed" | "complete" {
    if (this.fault("odd-status")) return "odd";
    if (this.stopped || this.fault("canceled")) return "canceled";
    if (nowMs < this.endsMs) return nowMs < (this.createdMs + this.endsMs) / 2 ? "queued" : "rendering";
    return this.fault("job-error") || this.fault("moderated") ? "failed" : "complete";
  }

  /** How far it has come, 0 to 1, for providers that tell. */
  progress(nowMs: number): number {
    return Math.min(1, (nowMs - this.createdMs) / (this.endsMs - this.createdMs));
  }

  /** Stops it, if it still runs. @returns whether it did */
  stop(nowMs: number): boolean {
    this.stopped ||= nowMs < this.endsMs;
    return this.stopped;
  }

  /** How many images there are once complete. */
  get imagesMade(): number {
    return Math.min(this.fault("fewer")?.images ?? this.request.count, this.request.count);
  }

  /** A new secret for download addresses, as every poll has one. */
  mintToken(state: "good" | "expired"): string {
    const token = randomUUID();
    this.#tokens.set(token, state);
    return token;
  }

  accepts(token: string | null): boolean {
    return token !== null && this.#tokens.get(token) === "good";
  }

  /** Differs for each job and each index. */
  picture(index: number): PngPicture {
    const label = `${this.id}/${index}`;
    const [red = 0, green = 0, blue = 0] = createHash("sha256").update(label).digest();
    const { width, height } = this.request;
    const scale = EDGE / Math.max(width, height);
    return {
      width: Math.round(width * scale),
      height: Math.round(height * scale),
      label,
      color: [red, green, blue],
    };
  }

  fault<Type extends JobFault["type"]>(type: Type) {
    return this.#jobFaults.find((fault): fault is Extract<JobFault, { type: Type }> => fault.type === type);
  }
}
