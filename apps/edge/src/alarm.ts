/** An alarm that is set to go off so much too early, in milliseconds, is as good as one at the time itself. */
const EARLY_MS = 20;

/** An alarm is repeated six times, then never again: a job whose process keeps dying is ended before that. */
export const MAX_ALARM_RETRIES = 4;

/** An object's one alarm. Setting it costs a row written, so it is set only where that changes something. */
export class Alarm {
  readonly #storage: DurableObjectStorage;
  /** When it goes off, as far as this process knows. */
  #at: number | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** It has gone off, or nobody knows what became of it. */
  forget(): void {
    this.#at = null;
  }

  /** Has it go off then or before. @param at - milliseconds since the Unix epoch */
  setBy(at: number): void {
    if (this.#at === null || this.#at > at) this.setAt(at);
  }

  /** Has it go off then, or an instant before. @param at - milliseconds since the Unix epoch */
  setAt(at: number): void {
    if (this.#at !== null && this.#at <= at && at - this.#at <= EARLY_MS) return;
    this.#at = at;
    void this.#storage.setAlarm(at);
  }
}
