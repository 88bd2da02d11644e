import {
  AuthenticationError,
  type BluehourClient,
  isTerminal,
  NotFoundError,
  type Project,
} from "@bluehour/client";
import { type Draft, toEditorRequest, toGeneratorRequest } from "../request/draft.ts";

export interface GallerySnapshot {
  /** Newest first. */
  readonly projects: readonly Project[];
  /** Whether older ones are left to load. */
  readonly older: "unknown" | "loading" | "some" | "none";
  /** Why the last load failed. */
  readonly failure: unknown;
  /** The connection was lost while jobs were running. */
  readonly lost: boolean;
}

/** Over HTTP/1.1 a browser has six connections for all tabs of an origin; one is held per job that is followed. */
const MOST_FOLLOWED = location.protocol === "https:" ? 8 : 2;

const PAGE_SIZE = 24;

/** Tabs tell each other of changes, so that each asks the Worker for itself. */
const CHANNEL = "bluehour-jobs";

/** The account's jobs, as one tab knows them: pages loaded so far, running ones followed by push. */
export class JobGallery {
  readonly #client: BluehourClient;
  readonly #listeners = new Set<() => void>();
  readonly #followed = new Map<string, AbortController>();
  readonly #channel = new BroadcastChannel(CHANNEL);
  #refreshing: AbortController | undefined;
  #cursor: string | null = null;
  #snapshot: GallerySnapshot = { projects: [], older: "unknown", failure: null, lost: false };

  constructor(client: BluehourClient) {
    this.#client = client;
    this.#channel.onmessage = () => void this.refresh();
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly snapshot = () => this.#snapshot;

  /** Creates a job and begins to follow it. Throws what the client throws. */
  async create(draft: Draft): Promise<void> {
    const { v1 } = this.#client;
    const files = draft.inputs.map(({ file }) => file);
    const { id } =
      files.length === 0
        ? await v1.aiImageGenerator.create(toGeneratorRequest(draft))
        : await v1.aiImageEditor.create(toEditorRequest(draft, files));
    this.#put(await v1.imageProjects.get({ id }));
    this.#channel.postMessage("created");
  }

  async cancel(id: string): Promise<void> {
    this.#put(await this.#client.v1.imageProjects.cancel({ id }));
    this.#channel.postMessage("canceled");
  }

  async delete(id: string): Promise<void> {
    try {
      await this.#client.v1.imageProjects.delete({ id });
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
    this.#drop([id]);
    this.#channel.postMessage("deleted");
  }

  /** Loads the next page of older jobs. */
  async loadOlder(): Promise<void> {
    const { older } = this.#snapshot;
    if (older === "loading" || older === "none") return;
    this.#change({ older: "loading" });
    try {
      const { items, next_cursor } = await this.#list(this.#cursor);
      this.#cursor = next_cursor;
      this.#change({ older: next_cursor === null ? "none" : "some", failure: null });
      this.#put(...items);
    } catch (failure) {
      this.#change({ older: "some", failure });
    }
  }

  /** Looks for what has changed elsewhere meanwhile, and goes on following. */
  async refresh(): Promise<void> {
    this.#refreshing?.abort();
    this.#refreshing = new AbortController();
    const { signal } = this.#refreshing;
    try {
      const { items, next_cursor } = await this.#list(null, signal);
      const listed = new Set(items.map(({ id }) => id));
      const oldest = next_cursor === null ? "" : (items.at(-1)?.created_at ?? "");
      const gone = this.#snapshot.projects.filter((each) => each.created_at > oldest && !listed.has(each.id));
      this.#drop(gone.map(({ id }) => id));
      this.#change({ lost: false, failure: null });
      this.#put(...items);
    } catch (failure) {
      if (signal.aborted) return;
      if (failure instanceof AuthenticationError) this.#change({ failure });
      else this.#change({ lost: true });
    }
  }

  /** Holds no connection any more; `refresh` goes on. */
  rest(): void {
    for (const following of this.#followed.values()) following.abort();
  }

  close(): void {
    this.rest();
    this.#refreshing?.abort();
    this.#channel.close();
  }

  #list(cursor: string | null, signal?: AbortSignal) {
    const { imageProjects } = this.#client.v1;
    return imageProjects.list({ limit: PAGE_SIZE, ...(cursor ? { cursor } : {}) }, { signal });
  }

  #put(...projects: Project[]): void {
    const known = new Map(this.#snapshot.projects.map((project) => [project.id, project]));
    for (const project of projects) known.set(project.id, project);
    const sorted = [...known.values()].sort((a, b) => b.created_at.localeCompare(a.created_at));
    this.#change({ projects: sorted });
    this.#followNext();
  }

  #drop(ids: readonly string[]): void {
    for (const id of ids) this.#followed.get(id)?.abort();
    this.#change({ projects: this.#snapshot.projects.filter(({ id }) => !ids.includes(id)) });
  }

  #followNext(): void {
    if (document.hidden) return;
    for (const project of this.#snapshot.projects) {
      if (this.#followed.size >= MOST_FOLLOWED) return;
      if (!isTerminal(project.status) && !this.#followed.has(project.id)) void this.#follow(project.id);
    }
  }

  async #follow(id: string): Promise<void> {
    const following = new AbortController();
    this.#followed.set(id, following);
    let ended = false;
    try {
      const { signal } = following;
      for await (const project of this.#client.v1.imageProjects.events({ id }, { signal }))
        this.#put(project);
      ended = true;
    } catch (error) {
      if (error instanceof NotFoundError) this.#drop([id]);
      else if (!following.signal.aborted) this.#change({ lost: true });
    } finally {
      this.#followed.delete(id);
      if (ended) this.#followNext();
    }
  }

  #change(facts: Partial<GallerySnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...facts };
    for (const listener of this.#listeners) listener();
  }
}
