import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "bullmq";

/** What a job is asked to paint. */
export interface Order {
  readonly image_count: number;
  readonly style: { readonly prompt: string };
  /** The provider's id, once it has taken the job. */
  readonly operation?: string;
}

interface PainterOptions {
  readonly upstream: string;
  readonly key: string;
  /** The folder that images go to. */
  readonly images: string;
  /** How long a render is expected to take, in milliseconds. */
  readonly renderMs: number;
}

/** Between polls of a render that takes longer than expected: what Magic Hour's SDK waits. */
const POLL_EVERY_MS = 500;

/** Works on one job of the queue: submit, wait, poll, store. */
export class Painter {
  readonly #options: PainterOptions;

  constructor(options: PainterOptions) {
    this.#options = options;
  }

  /** @returns the names of the images' files */
  async paint(job: Job<Order, string[]>): Promise<string[]> {
    const operation = job.data.operation ?? (await this.#submit(job));
    await sleep(this.#options.renderMs);
    for (;;) {
      const project = await this.#ask<{ status: string; downloads: { url: string }[] }>(
        `/v1/image-projects/${operation}`,
      );
      if (project.status === "complete") {
        return Promise.all(
          project.downloads.map(({ url }, index) => this.#store(url, `${job.id}-${index}.png`)),
        );
      }
      if (project.status === "error" || project.status === "canceled") throw new Error(project.status);
      await sleep(POLL_EVERY_MS);
    }
  }

  /** The operation goes into the job, so that a repeat does not pay again. */
  async #submit(job: Job<Order>): Promise<string> {
    const { image_count, style } = job.data;
    const { id } = await this.#ask<{ id: string }>("/v1/ai-image-generator", { image_count, style });
    await job.updateData({ ...job.data, operation: id });
    return id;
  }

  async #ask<Answer>(path: string, body?: Order): Promise<Answer> {
    const { upstream, key } = this.#options;
    const response = await fetch(`${upstream}${path}`, {
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The provider answered ${response.status}`);
    // Believed, as fetch's own types have it: a service of this size does not parse what its provider says.
    return response.json() as Promise<Answer>;
  }

  async #store(url: string, file: string): Promise<string> {
    const response = await fetch(url);
    if (!response.ok || !response.body) throw new Error(`The image's address answered ${response.status}`);
    await pipeline(Readable.fromWeb(response.body), createWriteStream(join(this.#options.images, file)));
    return file;
  }
}
