import { abortable } from "./abortable.ts";

/**
 * A body's chunks as they come, until the signal aborts. By a reader, since not every browser in use can iterate over
 * a stream. Lets go of the body when the loop is left.
 */
export async function* chunksOf<Chunk extends Uint8Array>(
  body: ReadableStream<Chunk> | null,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void> {
  const reader = body?.getReader();
  try {
    while (reader) {
      const { done, value } = await abortable(reader.read(), signal);
      if (done) return;
      yield value;
    }
  } finally {
    reader?.cancel().catch(() => {});
  }
}
