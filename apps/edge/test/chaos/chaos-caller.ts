import { createHash } from "node:crypto";
import type { Project, Timeline } from "@bluehour/contract";
import type { ChaosJob } from "./chaos-job.ts";

const HEADERS = { Authorization: "Bearer t", "Content-Type": "application/json" };
const RETRY_MS = 200;
/** Longest time a caller keeps trying while the Worker is away, in milliseconds. */
const PATIENCE_MS = 60_000;

/** A caller who keeps asking, with an idempotency key, until the Worker answers. */
export class ChaosCaller {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** @returns the job's id */
  async create({ key, prompt, imageCount, painter }: ChaosJob): Promise<string> {
    const { id } = await this.#json<{ id: string }>("/v1/ai-image-generator", {
      method: "POST",
      headers: { ...HEADERS, "Idempotency-Key": key },
      body: JSON.stringify({ image_count: imageCount, model: painter.model, style: { prompt } }),
    });
    return id;
  }

  /** Cancels a job; one that has ended meanwhile stays as it is. */
  async cancel(id: string): Promise<void> {
    await this.#insist(`/v1/image-projects/${id}/cancel`, { method: "POST", headers: HEADERS }, [409]);
  }

  /** Deletes a job; it is gone already if the answer to an earlier try got lost. */
  async delete(id: string): Promise<void> {
    await this.#insist(`/v1/image-projects/${id}`, { method: "DELETE", headers: HEADERS }, [404]);
  }

  /** Waits for the end of a job. */
  ended(id: string): Promise<Project> {
    return this.#json(`/v1/image-projects/${id}`, { headers: { ...HEADERS, Prefer: "wait=45" } });
  }

  /** Whether a job and all of its images are out of sight. */
  async isGone(id: string): Promise<boolean> {
    const paths = [`/v1/image-projects/${id}`, `/v1/image-projects/${id}/timeline`, `/images/${id}-1.png`];
    const answers = await Promise.all(paths.map((path) => this.#answer(path, { headers: HEADERS })));
    return answers.every(({ status }) => status === 404);
  }

  async timeline(id: string): Promise<Timeline["items"]> {
    return (await this.#json<Timeline>(`/v1/image-projects/${id}/timeline`, { headers: HEADERS })).items;
  }

  /** The sha256 of what a public URL gives. */
  async hashOf(url: string): Promise<string> {
    const bytes = await this.#insist(new URL(url).pathname, {});
    return createHash("sha256").update(bytes).digest("hex");
  }

  async #json<T>(path: string, init: RequestInit): Promise<T> {
    return JSON.parse((await this.#insist(path, init)).toString()) as T;
  }

  /** The body of the first good answer that arrives whole. @param allowed - statuses that are good too */
  async #insist(path: string, init: RequestInit, allowed: readonly number[] = []): Promise<Buffer> {
    const { ok, status, body } = await this.#answer(path, init);
    if (ok || allowed.includes(status)) return body;
    throw new Error(`${path}: ${status} ${body}`);
  }

  /** The first answer that arrives whole and is not a failure of the Worker. */
  async #answer(path: string, init: RequestInit) {
    const limit = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      limit.throwIfAborted();
      const answer = await this.#ask(path, { ...init, signal: limit });
      if (answer && answer.status < 500) return answer;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }

  /** @returns null when the connection breaks */
  async #ask(path: string, init: RequestInit) {
    try {
      const response = await fetch(`${this.#url}${path}`, init);
      return { ok: response.ok, status: response.status, body: Buffer.from(await response.arrayBuffer()) };
    } catch {
      return null;
    }
  }
}
