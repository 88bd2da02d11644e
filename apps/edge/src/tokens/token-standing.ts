/** How long an answer is believed, in milliseconds; a revocation is to be known everywhere within a minute. */
const BELIEVED_MS = 30_000;

/** Answers kept; beyond it everything is forgotten and asked anew. */
const MAX_KNOWN = 10_000;

/** What this isolate knows of tokens being revoked, so that not every read asks the account. */
export class TokenStanding {
  readonly #known = new Map<string, { stands: boolean; until: number }>();

  /** @param ask - asks the account; called when nothing is known, or it is too old */
  async stands(tokenId: string, ask: () => Promise<boolean>, now: number): Promise<boolean> {
    const before = this.#known.get(tokenId);
    if (before && before.until > now) return before.stands;
    const stands = await ask();
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(tokenId, { stands, until: now + BELIEVED_MS });
    return stands;
  }

  /** Call it for a token that was revoked just now. */
  forget(tokenId: string): void {
    this.#known.delete(tokenId);
  }
}
