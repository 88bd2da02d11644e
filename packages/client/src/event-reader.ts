import type { Project } from "@bluehour/contract";

/** A job at one moment. */
export interface ProjectEvent {
  /** To go on from, as `Last-Event-ID`. */
  readonly id: string;
  readonly project: Project;
}

/**
 * Reads the `project` events of a `text/event-stream`, given its chunks one after the other: those that a chunk
 * completes. The comments between them only keep the connection alive.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export function eventReader(): (chunk: Uint8Array<ArrayBuffer>) => ProjectEvent[] {
  const decoder = new TextDecoder();
  let text = "";
  return (chunk) => {
    const blocks = (text + decoder.decode(chunk, { stream: true })).split(/\r?\n\r?\n/);
    text = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? "";
      return field("event") === "project" ? { id: field("id"), project: JSON.parse(field("data")) } : [];
    });
  };
}
