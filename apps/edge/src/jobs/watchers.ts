import { type JobState, type JobSummary, summarize } from "@bluehour/core";

/** A job as it was seen at one moment. */
export interface Sighting {
  /** Grows with every change of what is seen, whatever process tells it. */
  readonly id: number;
  readonly job: JobSummary;
}

/** Sightings between two revisions: changes that a crash may forget, such as progress. Far more than there can be. */
const SIGHTINGS_PER_REVISION = 1_000_000;

/** Watchers that are told in one go. */
const TOLD_AT_ONCE = 20;

/**
 * Milliseconds that more watchers than those wait for a change that is not the end. The last such change says that all
 * is painted: told to a crowd at once, it would keep the images from being stored.
 */
const CROWD_PAUSE_MS = 50;

/**
 * Those who watch a job, each by a hibernatable socket: the object may be evicted while nothing happens, and they stay.
 * Nobody here is waited for; a watcher that is slow or gone costs the job nothing, and a crowd does not hold it up.
 *
 * A sighting's id is the job's revision, with a count of the changes since that were not durable. That count outlives
 * the process in the sockets' attachments, and in the `Last-Event-ID` of whoever comes back.
 *
 * @see https://developers.cloudflare.com/durable-objects/best-practices/websockets/
 */
export class Watchers {
  readonly #context: DurableObjectState;
  /** The summary that was shown last, as JSON. */
  #shown = "";
  #id = 0;
  #ended = false;
  /** Those to whom the last sighting is still to be told. */
  #untold = new Set<WebSocket>();
  #isTelling = false;

  /** @param state - as it was stored: what watchers of the process before this one have seen */
  constructor(context: DurableObjectState, state: JobState | null) {
    this.#context = context;
    if (!state) return;
    this.#note(state);
    for (const socket of context.getWebSockets()) this.#id = Math.max(this.#id, attachedId(socket));
  }

  /**
   * Answers the upgrade of a new watcher: shows it the job as it is, unless it has seen just that.
   *
   * @param lastSeen - id of the sighting it saw last; 0 for none
   * @returns 204 when the job has ended and the watcher knows it
   */
  admit(state: JobState, lastSeen: number): Response {
    this.#note(state);
    // It saw changes that a crash has made us forget. Ids only grow, so they go on from there.
    if (lastSeen > this.#id && lastSeen < (state.revision + 1) * SIGHTINGS_PER_REVISION) {
      this.#id = lastSeen + 1;
    }
    const news = lastSeen !== this.#id;
    if (state.outcome && !news) return new Response(null, { status: 204 });
    const { 0: theirs, 1: ours } = new WebSocketPair();
    this.#context.acceptWebSocket(ours);
    if (news) this.#send(ours);
    else ours.serializeAttachment(this.#id);
    return new Response(null, { status: 101, webSocket: theirs });
  }

  /** Tells everyone, if there is something new to see. Without anyone it is not even looked whether there is. */
  show(state: JobState): void {
    const sockets = this.#context.getWebSockets();
    if (sockets.length === 0 || !this.#note(state)) return;
    this.#untold = new Set(sockets);
    if (this.#ended || this.#untold.size <= TOLD_AT_ONCE) void this.#tell();
    else setTimeout(() => void this.#tell(), CROWD_PAUSE_MS);
  }

  /** A few at a time: in between the job goes on. Those who wait longer than a change lasts are spared it. */
  async #tell(): Promise<void> {
    if (this.#isTelling) return;
    this.#isTelling = true;
    for (let told = 1; ; told++) {
      const [socket] = this.#untold;
      if (!socket) break;
      this.#untold.delete(socket);
      this.#send(socket);
      if (told % TOLD_AT_ONCE === 0) await scheduler.wait(0);
    }
    this.#isTelling = false;
  }

  /** @returns whether the job looks different */
  #note(state: JobState): boolean {
    const seen = JSON.stringify(summarize(state));
    if (seen === this.#shown) return false;
    this.#shown = seen;
    this.#ended = state.outcome !== null;
    this.#id = Math.max(this.#id + 1, state.revision * SIGHTINGS_PER_REVISION);
    return true;
  }

  #send(socket: WebSocket): void {
    try {
      socket.send(`{"id":${this.#id},"job":${this.#shown}}`);
      if (this.#ended) socket.close(1000, "ended");
      else socket.serializeAttachment(this.#id);
    } catch {
      // It has gone away, and comes back with its Last-Event-ID if it wants to.
    }
  }
}

function attachedId(socket: WebSocket): number {
  return Number(socket.deserializeAttachment() ?? 0);
}
