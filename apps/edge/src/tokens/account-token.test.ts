import { describe, expect, test, vi } from "vitest";
import { sign } from "../signing.ts";
import { call } from "../test-api.ts";
import { newTokenId, openToken, sealToken, type TokenClaims } from "./account-token.ts";
import { TokenStanding } from "./token-standing.ts";

const claims: TokenClaims = {
  account: "0".repeat(32),
  token: "t",
  scopes: ["generate"],
  confined: true,
  expiresAt: 1_000,
  origin: "https://shop.example",
};

const rewrite = (token: string, change: object) => {
  const [payload = "", signature] = token.slice(3).split(".");
  const changed = { ...JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))), ...change };
  return `bh_${btoa(JSON.stringify(changed)).replaceAll("=", "")}.${signature}`;
};

test("a token says what it was made to say", async () => {
  const token = await sealToken("secret", claims);
  expect(token).toMatch(/^bh_[\w-]+\.[\w-]{43}$/);
  expect(await openToken("secret", token)).toEqual(claims);
});

test("one that was changed, forged, cut or made under another secret opens nothing", async () => {
  const token = await sealToken("secret", claims);
  for (const forged of [
    rewrite(token, { account: "1".repeat(32) }),
    rewrite(token, { confined: false }),
    rewrite(token, { expiresAt: null }),
    await sealToken("another secret", claims),
    token.slice(0, -1),
    `${token}.${token}`,
    token.replace("bh_", ""),
    "bh_.",
    "bh_",
    "bh_é.é",
  ]) {
    expect(await openToken("secret", forged)).toBeNull();
  }
});

test("a signature made for something else is no token", async () => {
  const [payload = ""] = (await sealToken("secret", claims)).slice(3).split(".");
  expect(await openToken("secret", `bh_${payload}.${await sign("secret", "upload", payload)}`)).toBeNull();
});

test("ids are in the order of issue", () => {
  const ids = [1_700_000_000_000, 1_800_000_000_000, 4_000_000_000_000].map(newTokenId);
  expect(ids.toSorted()).toEqual(ids);
});

test("a forged token is told off without an account being asked", async () => {
  const response = await call("/v1/account", {
    headers: { Authorization: `Bearer ${await sealToken("not ours", { ...claims, expiresAt: null })}` },
  });
  expect(response.status).toBe(401);
});

describe("whether a token stands", () => {
  test("is asked once in half a minute, so that a revocation is known within a minute", async () => {
    const standing = new TokenStanding();
    const ask = vi.fn(async () => true);
    for (const now of [0, 1, 29_999]) expect(await standing.stands("t", ask, now)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(1);
    ask.mockResolvedValue(false);
    expect(await standing.stands("t", ask, 30_000)).toBe(false);
  });

  test("is asked anew where it was revoked", async () => {
    const standing = new TokenStanding();
    await standing.stands("t", async () => true, 0);
    standing.forget("t");
    expect(await standing.stands("t", async () => false, 1)).toBe(false);
  });
});
