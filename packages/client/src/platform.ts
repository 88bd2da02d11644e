import type { FileStore } from "./file-store.ts";

/** What the client needs of the machine it runs on; passed in so that tests own the time. */
export interface Platform {
  readonly fetch: typeof fetch;
  readonly files: FileStore;
  /** Sends a file by PUT. @param onSent - told how many of its bytes are out; undefined: nobody wants to know */
  put(url: string, file: Blob, signal: AbortSignal, onSent?: (bytes: number) => void): Promise<Response>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** A number from 0 up to, not including, 1. */
  random(): number;
}

/**
 * The machine itself.
 *
 * @param files - where images go, and uploads come from
 * @param customFetch - replaces the global `fetch`
 */
export function systemPlatform(files: FileStore, customFetch?: typeof globalThis.fetch): Platform {
  // Looked up at each call, since browsers refuse a detached `fetch`, and tests replace the global one.
  const fetch: Platform["fetch"] = customFetch ?? ((input, init) => globalThis.fetch(input, init));
  return {
    files,
    fetch,
    put: (url, body, signal, onSent) =>
      onSent
        ? files.put(url, body, signal, onSent, customFetch)
        : fetch(url, { method: "PUT", body, signal }),
    now: () => performance.now(),
    random: Math.random,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const stop = () => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        const timer = setTimeout(() => {
          signal.removeEventListener("abort", stop);
          resolve();
        }, ms);
        signal.addEventListener("abort", stop, { once: true });
      }),
  };
}
