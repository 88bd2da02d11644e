import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from "cloudflare:workers";
import { NonRetryableError } from "cloudflare:workflows";

export interface Bindings {
  readonly WORKFLOW: Workflow<ImageRequest>;
  readonly IMAGES: R2Bucket;
  readonly UPSTREAM_URL: string;
  readonly UPSTREAM_KEY: string;
  /** How long a render is expected to take, in milliseconds. */
  readonly RENDER_MS: number;
}

/** What a job is asked to paint. */
interface ImageRequest {
  readonly image_count: number;
  readonly style: { readonly prompt: string };
}

/** What a job has made. */
interface Painted {
  readonly images: readonly { readonly key: string; readonly bytes: number }[];
}

/** Between polls of a render that takes longer than expected: what Magic Hour's SDK waits. */
const POLL_EVERY_MS = 500;

/**
 * The job as a Workflow: submit, wait, poll, store. The first wait is as long as a render takes, so that as few steps
 * as possible are made: that is what Workflows does best.
 */
export class ImageWorkflow extends WorkflowEntrypoint<Bindings, ImageRequest> {
  override async run(
    { payload, instanceId }: WorkflowEvent<ImageRequest>,
    step: WorkflowStep,
  ): Promise<Painted> {
    const id = await step.do("submit", async () => {
      const { id } = await this.#ask<{ id: string }>("/v1/ai-image-generator", payload);
      return id;
    });
    await step.sleep("render", this.env.RENDER_MS);
    let urls = await this.#poll(step, id, 1);
    for (let poll = 2; urls === null; poll++) {
      await step.sleep(`before poll ${poll}`, POLL_EVERY_MS);
      urls = await this.#poll(step, id, poll);
    }
    const images = await Promise.all(
      urls.map((url, index) => this.#store(step, url, `${instanceId}-${index}.png`)),
    );
    return { images };
  }

  /** @returns the images' addresses; null while it is running */
  #poll(step: WorkflowStep, id: string, poll: number): Promise<string[] | null> {
    return step.do(`poll ${poll}`, async () => {
      const project = await this.#ask<{ status: string; downloads: { url: string }[] }>(
        `/v1/image-projects/${id}`,
      );
      if (project.status === "error" || project.status === "canceled")
        throw new NonRetryableError(project.status);
      return project.status === "complete" ? project.downloads.map(({ url }) => url) : null;
    });
  }

  /** Streams an image into the bucket. */
  #store(step: WorkflowStep, url: string, key: string) {
    return step.do(`store ${key}`, async () => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`The image's address answered ${response.status}`);
      const object = await this.env.IMAGES.put(key, response.body, {
        httpMetadata: { contentType: "image/png" },
      });
      return { key, bytes: object.size };
    });
  }

  async #ask<Answer>(path: string, body?: ImageRequest): Promise<Answer> {
    const response = await fetch(`${this.env.UPSTREAM_URL}${path}`, {
      headers: { authorization: `Bearer ${this.env.UPSTREAM_KEY}`, "content-type": "application/json" },
      ...(body && { method: "POST", body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`Upstream answered ${response.status}`);
    return response.json<Answer>();
  }
}
