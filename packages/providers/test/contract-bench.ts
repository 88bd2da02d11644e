import { createHash } from "node:crypto";
import {
  type CancelOutcome,
  type Found,
  type ImageCall,
  type Operation,
  type Polled,
  type Provider,
  type ProviderContext,
  ProviderError,
  type ProviderImage,
} from "@bluehour/core";
import { expect } from "vitest";
import type { ContractUpstream, Trouble } from "./contract-upstream.ts";
import { paintPng } from "./fake-upstream/png.ts";

/** The input image of edits; the bench answers for its host. */
export const INPUT_URL = "https://inputs.example/cat.png";

const INPUT_PNG = paintPng({ width: 8, height: 8, label: "input", color: [200, 120, 40] });
const IMAGE_SIGNATURE = /^(\x89PNG|\xff\xd8\xff|RIFF....WEBP|GIF8|....ftypavif)/s;

/** One provider under test: calls it as a job would and watches what it does. */
export class ContractBench {
  readonly upstream: ContractUpstream;
  readonly provider: Provider;
  readonly context: ProviderContext;
  /** Addresses outside the provider's origin that were sent the key. */
  readonly leaks: string[] = [];
  /** How often the adapter called out. */
  calls = 0;
  readonly #model: string;
  readonly #timeLimit = new AbortController();
  #hung = false;

  constructor(upstream: ContractUpstream, model: string) {
    this.upstream = upstream;
    this.provider = upstream.provider;
    this.#model = model;
    this.context = {
      fetch: (url, init) => this.#fetch(url, init),
      now: upstream.now ?? Date.now,
      signal: this.#timeLimit.signal,
      idempotencyKey: "part-1",
    };
  }

  script(trouble: Trouble): void {
    // Without a network time stands still until `finish`, so that whatever was begun goes on.
    this.upstream.script?.(trouble);
    this.#hung = trouble.type === "hung";
  }

  abort(): void {
    this.#timeLimit.abort();
  }

  async stop(): Promise<void> {
    await this.upstream.stop?.();
  }

  /** Submits and, where the provider works on, polls once it is done. @returns the images' sha256 */
  async paint(changes: Partial<ImageCall>): Promise<string[]> {
    const submitted = await this.provider.submit(this.#call(changes), this.context);
    const result = submitted.status === "done" ? submitted : await this.pollWhenDone(submitted.operation);
    if (result.status !== "done") return expect.fail(`expected images, got ${result.status}`);
    return Promise.all(result.images.map((image) => this.#digest(image)));
  }

  /** Submits one image. @returns its operation; undefined from a provider that answers with the image */
  async begin(context: Partial<ProviderContext> = {}): Promise<Operation | undefined> {
    const submitted = await this.provider.submit(this.#call({}), { ...this.context, ...context });
    return submitted.status === "running" ? submitted.operation : undefined;
  }

  /** @param laterMs - how long after the submit it is polled, by the adapter's clock */
  async beginAndPoll(laterMs = 0): Promise<Polled> {
    const operation = await this.begin();
    if (operation === undefined) return expect.fail("expected an operation to poll");
    return this.#poll(operation, { ...this.context, now: () => this.context.now() + laterMs });
  }

  /** Submits one image and stops it. @returns undefined where there is nothing to stop, or no way */
  async beginAndCancel(): Promise<CancelOutcome | undefined> {
    if (this.provider.cancel === undefined) return undefined;
    const operation = await this.begin();
    return operation === undefined ? undefined : this.provider.cancel(operation, this.context);
  }

  /** Polls twice. @returns what the address of the first image answers after each */
  async statusesOfTwoPolls(): Promise<number[]> {
    const operation = await this.begin();
    if (operation === undefined) return expect.fail("expected an operation to poll");
    const statuses: number[] = [];
    for (const _ of [1, 2]) {
      const polled = await this.pollWhenDone(operation);
      const image = polled.status === "done" ? polled.images[0] : undefined;
      if (image === undefined || !("url" in image)) return expect.fail("expected an address");
      const response = await this.#fetchImage(image);
      await response.body?.cancel();
      statuses.push(response.status);
    }
    return statuses;
  }

  /** Looks up the submit of `begin`. */
  async find(): Promise<Found> {
    if (this.provider.find === undefined) return expect.fail("expected a provider that looks submits up");
    return this.provider.find(this.#call({}), this.context);
  }

  /** Asks whether the provider takes the key. @returns the error, if it is one */
  async check(provider = this.provider): Promise<ProviderError | undefined> {
    if (provider.check === undefined) return expect.fail("expected a provider that can be asked");
    const error = await provider.check(this.context).catch((reason: unknown) => reason);
    if (error === undefined || error instanceof ProviderError) return error;
    throw error;
  }

  /** The error that a trouble becomes, whether it is thrown or ends the operation. */
  async failure(trouble: Trouble): Promise<ProviderError> {
    if ("on" in trouble && trouble.on === "poll") {
      const operation = await this.begin();
      if (operation === undefined) return expect.fail("expected an operation to poll");
      this.script(trouble);
      return this.#thrown(() => this.#poll(operation));
    }
    this.script(trouble);
    return trouble.type === "moderated" ? this.#moderation() : this.submitFailure();
  }

  async submitFailure(): Promise<ProviderError> {
    void this.upstream.hungCall?.then(() => this.abort());
    return this.#thrown(() => this.provider.submit(this.#call({}), this.context));
  }

  async #moderation(): Promise<ProviderError> {
    return this.#thrown(async () => {
      const operation = await this.begin();
      if (operation === undefined) return;
      const polled = await this.pollWhenDone(operation);
      if (polled.status === "failed") throw polled.error;
    });
  }

  async #thrown(action: () => Promise<unknown>): Promise<ProviderError> {
    const error = await action().then(
      () => expect.fail("expected a failure"),
      (reason: unknown) => reason,
    );
    if (!(error instanceof ProviderError)) throw error;
    if (this.upstream.key) expect(error.message).not.toContain(this.upstream.key);
    return error;
  }

  async pollWhenDone(operation: Operation): Promise<Polled> {
    this.upstream.finish?.();
    return this.#poll(operation);
  }

  async #poll(operation: Operation, context = this.context): Promise<Polled> {
    if (this.provider.poll === undefined) return expect.fail("an operation without poll");
    // As after a night in storage.
    return this.provider.poll(JSON.parse(JSON.stringify(operation)), context);
  }

  #call(changes: Partial<ImageCall>): ImageCall {
    return {
      model: this.#model,
      prompt: "a lighthouse at dusk",
      tool: "general",
      qualityMode: "standard",
      aspectRatio: "1:1",
      // The smallest, where there is a choice: the sketch really paints.
      resolution: this.provider.describe(this.#model).resolutions.includes("640px") ? "640px" : "auto",
      count: 1,
      firstIndex: 0,
      seed: 7,
      inputs: [],
      ...changes,
    };
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    this.calls += 1;
    const { key, origin } = this.upstream;
    const sent = `${url} ${JSON.stringify([...new Headers(init.headers)])}`;
    if (key && sent.includes(key) && new URL(url).origin !== origin) this.leaks.push(url);
    if (url === INPUT_URL) {
      return new Response(new Uint8Array(INPUT_PNG), { headers: { "content-type": "image/png" } });
    }
    const answer = (this.upstream.fetch ?? fetch)(url, init);
    // The upstream holds the call and will not answer, so the order of the two does not matter.
    if (this.#hung) this.abort();
    return answer;
  }

  #fetchImage({ url, headers }: Extract<ProviderImage, { url: string }>): Promise<Response> {
    return this.#fetch(url, headers === undefined ? {} : { headers });
  }

  async #digest(image: ProviderImage): Promise<string> {
    const response = "url" in image ? await this.#fetchImage(image) : new Response(image.bytes);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 16).toString("latin1")).toMatch(IMAGE_SIGNATURE);
    return createHash("sha256").update(bytes).digest("hex");
  }
}
