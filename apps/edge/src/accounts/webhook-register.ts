import type { WebhookEvent, WebhookTarget } from "@bluehour/core";

/** Most endpoints of one account: each is told of every job. */
const MAX_WEBHOOKS = 20;

/** An endpoint, as its account knows it. */
export interface RegisteredWebhook extends WebhookTarget {
  readonly url: string;
  readonly createdAt: number;
}

/** The endpoints of an account. Each has an object of its own, which keeps its secret and delivers. */
export class WebhookRegister {
  readonly #storage: DurableObjectStorage;
  /** Read once: every admission asks. */
  #known: RegisteredWebhook[] | null = null;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Oldest first. */
  list(): readonly RegisteredWebhook[] {
    this.#known ??= this.#storage.sql
      .exec<Row>("SELECT * FROM webhooks ORDER BY created_at, id")
      .toArray()
      .map(({ id, url, events, created_at }) => ({
        id,
        url,
        // We wrote it ourselves.
        events: JSON.parse(events) as WebhookEvent[],
        createdAt: created_at,
      }));
    return this.#known;
  }

  /** @returns false when there are too many already */
  add({ id, url, events, createdAt }: RegisteredWebhook): boolean {
    if (this.list().length >= MAX_WEBHOOKS) return false;
    this.#storage.sql.exec(
      "INSERT INTO webhooks (id, url, events, created_at) VALUES (?, ?, ?, ?)",
      id,
      url,
      JSON.stringify(events),
      createdAt,
    );
    this.#known = null;
    return true;
  }

  /** @returns false if there is no such endpoint */
  remove(id: string): boolean {
    const { rowsWritten } = this.#storage.sql.exec("DELETE FROM webhooks WHERE id = ?", id);
    this.#known = null;
    return rowsWritten > 0;
  }
}

type Row = { id: string; url: string; events: string; created_at: number };
