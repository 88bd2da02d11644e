import type { ImageSource, JobState, ProviderImage } from "@bluehour/core";
import type { ImageBody } from "../images/store-image.ts";

interface Held {
  readonly bytes: Extract<ProviderImage, { bytes: unknown }>["bytes"];
  /** The call that brought it. */
  readonly call: number;
}

/** Images whose bytes a provider has handed over, in memory until they are stored. The job's state holds only tokens. */
export class HeldImages {
  readonly #images = new Map<string, Held>();

  /** What the state may know of an image. */
  hold(image: ProviderImage, call: number): ImageSource {
    if ("url" in image) return { kind: "url", ...image };
    const token = crypto.randomUUID();
    this.#images.set(token, { bytes: image.bytes, call });
    return { kind: "held", token };
  }

  /** @returns null when the bytes are gone: the process that held them is, or the stream was read already */
  open(token: string): ImageBody | null {
    const bytes = this.#images.get(token)?.bytes;
    if (bytes === undefined) return null;
    if (bytes instanceof Uint8Array) return { stream: new Blob([bytes]).stream(), bytes: bytes.length };
    this.#images.delete(token);
    return { stream: bytes, bytes: undefined };
  }

  /** Lets go of what the state no longer mentions; of a call still in flight the state has yet to hear. */
  keepOnly(state: JobState, callsInFlight: ReadonlySet<number>): void {
    const wanted = new Set(
      state.parts
        .flatMap((part) => part.images)
        .map(({ source }) => (source?.kind === "held" ? source.token : null)),
    );
    for (const [token, { bytes, call }] of this.#images) {
      if (wanted.has(token) || callsInFlight.has(call)) continue;
      this.#images.delete(token);
      if (bytes instanceof ReadableStream) bytes.cancel().catch(() => undefined);
    }
  }
}
