import type { Scope } from "@bluehour/contract";

/** Whether a token acts for the whole account, or is one that a front end holds. */
export type TokenKind = "account" | "browser";

/** A token that stands. The token itself is nowhere: it is known by its signature. */
export interface TokenFacts {
  readonly id: string;
  readonly kind: TokenKind;
  readonly createdAt: number;
  /** Null: does not expire. */
  readonly expiresAt: number | null;
  readonly scopes: readonly Scope[];
  readonly origin: string | null;
  /** Null: no cap of its own. */
  readonly maxCredits: number | null;
  /** What its jobs cost, less what was refunded. */
  readonly spent: number;
}

type Row = {
  id: string;
  kind: string;
  created_at: number;
  expires_at: number | null;
  scopes: string;
  origin: string | null;
  max_credits: number | null;
  charged: number;
  refunded: number;
};

/** An account's tokens in SQLite. One that is revoked is removed: what is not here does not stand. */
export class TokenRegister {
  readonly #sql: SqlStorage;

  constructor({ sql }: DurableObjectStorage) {
    this.#sql = sql;
  }

  /** Adds a token, and clears away those that have expired. */
  add({ id, kind, createdAt, expiresAt, scopes, origin, maxCredits }: Omit<TokenFacts, "spent">): void {
    this.#sql.exec("DELETE FROM tokens WHERE expires_at <= ?", createdAt);
    this.#sql.exec(
      `INSERT INTO tokens (id, kind, created_at, expires_at, scopes, origin, max_credits)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      id,
      kind,
      createdAt,
      expiresAt,
      scopes.join(" "),
      origin,
      maxCredits,
    );
  }

  /** @returns null for a token that was revoked, or has expired */
  find(id: string, now: number): TokenFacts | null {
    const row = this.#sql
      .exec<Row>("SELECT * FROM tokens WHERE id = ? AND (expires_at IS NULL OR expires_at > ?)", id, now)
      .toArray()[0];
    return row ? toFacts(row) : null;
  }

  /** Browser tokens that stand, newest first. @param before - the id that the page before ended with */
  listBrowserTokens(limit: number, before: string | null, now: number): TokenFacts[] {
    return this.#sql
      .exec<Row>(
        `SELECT * FROM tokens WHERE id < ? AND kind = 'browser' AND expires_at > ? ORDER BY id DESC LIMIT ?`,
        before ?? "~",
        now,
        limit,
      )
      .toArray()
      .map(toFacts);
  }

  /** @returns false if there is no such token */
  remove(id: string, kinds: readonly TokenKind[]): boolean {
    const facts = this.find(id, 0);
    if (!facts || !kinds.includes(facts.kind)) return false;
    this.#sql.exec("DELETE FROM tokens WHERE id = ?", id);
    return true;
  }

  charge(id: string, credits: number): void {
    this.#sql.exec("UPDATE tokens SET charged = charged + ? WHERE id = ?", credits, id);
  }

  refund(id: string, credits: number): void {
    this.#sql.exec("UPDATE tokens SET refunded = refunded + ? WHERE id = ?", credits, id);
  }
}

function toFacts(row: Row): TokenFacts {
  return {
    id: row.id,
    // Both were written by `add`.
    kind: row.kind as TokenKind,
    scopes: row.scopes.split(" ") as Scope[],
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    origin: row.origin,
    maxCredits: row.max_credits,
    spent: row.charged - row.refunded,
  };
}
