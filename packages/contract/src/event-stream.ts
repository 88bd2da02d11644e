import type { ProjectEvent } from "./service.ts";

/** How often something is sent while nothing happens, in milliseconds; proxies commonly cut at 30 seconds. */
const COMMENT_MS = 15_000;

/** Nobody on the way may keep, change or collect what should arrive at once. */
export const EVENT_STREAM_HEADERS = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-cache, no-transform",
  "X-Accel-Buffering": "no",
} as const;

/**
 * Events as a `text/event-stream`. A comment comes first, which brings the headers on their way, and whenever
 * nothing else was sent for 15 seconds.
 *
 * @param watching - aborted when the reader goes away
 * @param mayWatch - asked now and then: a reader whose token was revoked is told no more
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(
  events: AsyncIterable<ProjectEvent>,
  watching: AbortController,
  mayWatch: () => Promise<boolean>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = events[Symbol.asyncIterator]();
  let stopComments = () => {};
  return new ReadableStream({
    start(controller) {
      const comment = () => {
        // A reader that does not keep up needs no sign of life.
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(": \n\n"));
      };
      comment();
      const check = async () => {
        // An answer that cannot be had says nothing against the reader.
        if (await mayWatch().catch(() => true)) return comment();
        stopComments();
        watching.abort();
      };
      const timer = setInterval(() => void check(), COMMENT_MS);
      stopComments = () => clearInterval(timer);
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (!done) return controller.enqueue(encoder.encode(format(value)));
        stopComments();
        controller.close();
      } catch (error) {
        stopComments();
        throw error;
      }
    },
    cancel() {
      stopComments();
      watching.abort();
    },
  });
}

/** JSON has no line breaks of its own, so one `data` line carries it. */
function format({ id, project }: ProjectEvent): string {
  return `id: ${id}\nevent: project\ndata: ${JSON.stringify(project)}\n\n`;
}
