import { createClient } from "@bluehour/client";
import type { Connect } from "vite";

/** What a page needs in order to speak to the Worker itself. */
export interface Session {
  readonly baseUrl: string;
  /** A browser token: it sees the jobs that it created, and no others. */
  readonly token: string;
  readonly expires_at: string;
}

/**
 * Answers a POST with a session for one visitor. The account's token stays here; what the page gets expires in an hour,
 * can spend so much and no more, and works from the page's own origin alone.
 */
export function sessionEndpoint(baseUrl: string, accountToken: string): Connect.NextHandleFunction {
  const { tokens } = createClient({ baseUrl, token: accountToken }).v1.account;
  return async ({ method, headers: { origin, host } }, response, next) => {
    // Browsers send an Origin with every POST, and no page can send another's.
    if (method !== "POST" || !origin || new URL(origin).host !== host) {
      response.writeHead(403).end();
      return;
    }
    try {
      // Your app asks here who the visitor is, and what they may spend.
      const { token, expires_at } = await tokens.create({
        scopes: ["generate", "read", "upload"],
        expires_in: 3600,
        max_credits: 100,
        origin,
      });
      const session: Session = { baseUrl, token, expires_at };
      response.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" });
      response.end(JSON.stringify(session));
    } catch (error) {
      next(error);
    }
  };
}
