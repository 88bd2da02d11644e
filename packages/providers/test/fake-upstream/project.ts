import { createHash, randomUUID } from "node:crypto";
import { type Fault, isJobFault, type JobFault } from "./fault.ts";
import { FaultBook } from "./fault-book.ts";
import type { PngPicture } from "./png.ts";

const SIZES = { "1:1": [64, 64], "16:9": [64, 36], "9:16": [36, 64] } as const;

export interface ProjectRequest {
  readonly type: "AI_IMAGE" | "AI_IMAGE_EDITOR";
  readonly name: string | null;
  readonly imageCount: number;
  readonly aspectRatio: keyof typeof SIZES;
}

/** A job at the fake Magic Hour. */
export class Project {
  readonly id = `fake-${randomUUID()}`;
  /** Faults of this project's polls and images. */
  readonly faults: FaultBook;
  deleted = false;
  readonly #request: ProjectRequest;
  readonly #createdMs: number;
  readonly #renderMs: number;
  readonly #jobFaults: readonly JobFault[];
  readonly #tokens = new Map<string, "good" | "expired">();

  constructor(
    request: ProjectRequest,
    options: { createdMs: number; renderMs: number; faults: readonly Fault[] },
  ) {
    this.#request = request;
    this.#createdMs = options.createdMs;
    this.#jobFaults = options.faults.filter(isJobFault);
    this.faults = new FaultBook(options.faults.filter((fault) => !isJobFault(fault)));
    this.#renderMs = this.#fault("slow")?.renderMs ?? options.renderMs;
  }

  /** Whether a poll finds it. */
  get isKnown(): boolean {
    return !this.deleted && this.#fault("vanish") === undefined;
  }

  status(nowMs: number): string {
    if (this.#fault("odd-status")) return "reticulating";
    if (this.#fault("canceled")) return "canceled";
    const elapsedMs = nowMs - this.#createdMs;
    if (elapsedMs < this.#renderMs) return elapsedMs < this.#renderMs / 2 ? "queued" : "rendering";
    return this.#fault("job-error") ? "error" : "complete";
  }

  /** How many images there are once complete. */
  get imagesMade(): number {
    return Math.min(this.#fault("fewer")?.images ?? this.#request.imageCount, this.#request.imageCount);
  }

  /** Price: 5 credits an image, as Magic Hour's cheapest models. */
  get credits(): number {
    return this.#request.imageCount * 5;
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

  /** The project as GET shows it. */
  view(nowMs: number, downloads: readonly { url: string; expires_at: string }[]) {
    const status = this.status(nowMs);
    const error = status === "error" ? this.#fault("job-error") : undefined;
    return {
      id: this.id,
      name: this.#request.name,
      status,
      image_count: this.#request.imageCount,
      type: this.#request.type,
      created_at: new Date(this.#createdMs).toISOString(),
      enabled: true,
      credits_charged: error ? 0 : this.credits,
      downloads,
      error: error ? { code: error.code, message: error.message ?? `Scripted ${error.code}` } : null,
    };
  }

  /** Differs for each project and each index. */
  picture(index: number): PngPicture {
    const label = `${this.id}/${index}`;
    const [red = 0, green = 0, blue = 0] = createHash("sha256").update(label).digest();
    const [width, height] = SIZES[this.#request.aspectRatio];
    return { width, height, label, color: [red, green, blue] };
  }

  #fault<Type extends JobFault["type"]>(type: Type) {
    return this.#jobFaults.find((fault): fault is Extract<JobFault, { type: Type }> => fault.type === type);
  }
}
