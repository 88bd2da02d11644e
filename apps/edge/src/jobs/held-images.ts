import type { ImageSource, JobState, ProviderImage } from "@bluehour/core";
import type { ImageBody } from "../images/store-image.ts";

type Held = Extract<ProviderImage, { bytes: unknown }>;

/** Images whose bytes a provider has handed over, in memory until they are stored. The job's state holds only tokens. */
export class HeldImages {
  readonly #images = new Map<string, Held["bytes"]>();

  /** What the state may know of an image. */
  hold(image: ProviderImage): ImageSource {
    if ("url" in image) return { kind: "url", ...image };
    const token = crypto.randomUUID();
    this.#images.set(token, image.bytes);
    return { kind: "held", token };
  }

  /** @returns null when the bytes are gone: the process that held them is, or the stream was read already */
  open(token: string): ImageBody | null {
    const bytes = this.#images.get(token);
    if (bytes === undefined) return null;
    if (bytes instanceof Uint8Array) return { stream: new Blob([bytes]).stream(), bytes: bytes.length };
    this.#images.delete(token);
    return { stream: bytes, bytes: undefined };
  }

  /** Lets go of what the state no longer mentions. */
  keepOnly(state: JobState): void {
    const wanted = new Set(
      state.parts
        .flatMap((part) => part.images)
        .map(({ source }) => (source?.kind === "held" ? source.token : null)),
    );
    for (const [token, bytes] of this.#images) {
      if (wanted.has(token)) continue;
      this.#images.delete(token);
      if (bytes instanceof ReadableStream) bytes.cancel().catch(() => undefined);
    }
  }
}
