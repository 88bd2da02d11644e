import type { Project } from "@bluehour/contract";

/** A job at one moment. */
export interface ProjectEvent {
  /** To go on from, as `Last-Event-ID`. */
  readonly id: string;
  readonly project: Project;
}

/**
 * The `project` events in the chunks of a `text/event-stream`. One that was cut off is not told; the comments between
 * them only keep the connection alive.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* readEvents(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<ProjectEvent, void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of chunks) {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
      const data = field("data");
      if (data && field("event") === "project") yield { id: field("id") ?? "", project: JSON.parse(data) };
    }
  }
}
