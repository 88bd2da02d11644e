import { type BluehourClient, createClient } from "@bluehour/client";
import type { Session } from "../server/session-endpoint.ts";

const KEY = "bluehour-session";
/** A token that is about to expire is not worth starting a job with, in milliseconds. */
const MARGIN_MS = 60_000;

/**
 * The client, with the visitor's own token. It is kept for this tab: after a reload, only the same token sees the jobs
 * that it created.
 */
export async function connect(): Promise<BluehourClient> {
  const { baseUrl, token } = keptSession() ?? (await openSession());
  return createClient({ baseUrl, token });
}

/** Makes the next `connect` ask for a new token. */
export function endSession(): void {
  sessionStorage.removeItem(KEY);
}

function keptSession(): Session | undefined {
  const kept = sessionStorage.getItem(KEY);
  if (!kept) return undefined;
  // Written by `openSession`, below.
  const session = JSON.parse(kept) as Session;
  return Date.parse(session.expires_at) - Date.now() > MARGIN_MS ? session : undefined;
}

async function openSession(): Promise<Session> {
  const response = await fetch("/api/session", { method: "POST" });
  if (!response.ok) throw new Error(`No session: the server answered ${response.status}`);
  const session: Session = await response.json();
  sessionStorage.setItem(KEY, JSON.stringify(session));
  return session;
}
