import { type FailureKind, ProviderError } from "@bluehour/core";
import { describe, expect, it } from "vitest";
import { clipMessage, kindOfStatus, statusFailure, transportFailure } from "./http-failure.ts";

describe("kindOfStatus", () => {
  it.each<[number, FailureKind, FailureKind]>([
    // status, of a paid call, of a free one
    [302, "unavailable", "unavailable"],
    [400, "rejected", "rejected"],
    [401, "unauthorized", "unauthorized"],
    [402, "unauthorized", "unauthorized"],
    [403, "unauthorized", "unauthorized"],
    [404, "unauthorized", "unavailable"],
    [408, "unavailable", "unavailable"],
    [410, "unauthorized", "unavailable"],
    [413, "rejected", "rejected"],
    [422, "rejected", "rejected"],
    [429, "throttled", "throttled"],
    [500, "unavailable", "unavailable"],
    [502, "unknown_outcome", "unavailable"],
    [503, "unavailable", "unavailable"],
    [504, "unknown_outcome", "unavailable"],
    [520, "unknown_outcome", "unavailable"],
    [521, "unavailable", "unavailable"],
    [524, "unknown_outcome", "unavailable"],
    [530, "unavailable", "unavailable"],
  ])("takes %i for %s if paid, %s if free", (status, paid, free) => {
    expect(kindOfStatus(status, "paid")).toBe(paid);
    expect(kindOfStatus(status, "free")).toBe(free);
  });
});

describe("clipMessage", () => {
  it("takes the secrets out before it cuts, so that no half of one is left", () => {
    const message = clipMessage(`${"a".repeat(190)} mhk_live_0123456789`, ["mhk_live_0123456789"]);
    expect(message).toBe(`${"a".repeat(190)} [secret]`);
  });

  it("makes one line of at most 200 characters", () => {
    expect(clipMessage("too\n\tmany\u0000 lines ", [])).toBe("too many lines");
    expect(clipMessage("word ".repeat(100), [])).toHaveLength(200);
  });

  it("does not take an empty secret for a secret", () => {
    expect(clipMessage("as it is", [""])).toBe("as it is");
  });
});

describe("statusFailure", () => {
  it("says who answered what, and how long to wait", () => {
    const response = new Response(null, { status: 503, headers: { "retry-after": "4" } });
    const said = { message: "Busy", retryAfterMs: 9000 };
    expect(statusFailure("Paint Co", response, { said, stakes: "paid", nowMs: 0 })).toMatchObject({
      kind: "unavailable",
      message: "Paint Co answered 503: Busy",
      retryAfterMs: 4000,
    });
  });
});

describe("transportFailure", () => {
  const { signal } = new AbortController();
  const broken = (code?: string) =>
    new TypeError("fetch failed", { cause: Object.assign(new Error("inner"), code ? { code } : {}) });

  it.each<[string, unknown, FailureKind]>([
    ["a refused connection", broken("ECONNREFUSED"), "unavailable"],
    ["an unknown host", broken("ENOTFOUND"), "unavailable"],
    ["a connection that was never made", broken("UND_ERR_CONNECT_TIMEOUT"), "unavailable"],
    ["a connection reset", broken("ECONNRESET"), "unknown_outcome"],
    ["a connection closed by the other side", broken("UND_ERR_SOCKET"), "unknown_outcome"],
    ["workerd's word for all of these", new Error("Network connection lost."), "unknown_outcome"],
    ["something that is no error", "oops", "unknown_outcome"],
  ])("takes %s on a paid call for what it is", (_, cause, kind) => {
    expect(transportFailure("Paint Co", cause, { stakes: "paid", signal }).kind).toBe(kind);
    expect(transportFailure("Paint Co", cause, { stakes: "free", signal }).kind).toBe("unavailable");
  });

  it("says when it was the time limit", () => {
    const error = transportFailure("Paint Co", new Error(), { stakes: "paid", signal: AbortSignal.abort() });
    expect(error).toMatchObject({ kind: "unknown_outcome", message: "Paint Co did not answer in time" });
  });

  it("lets a ProviderError of the context's own fetch through", () => {
    const refused = new ProviderError("rejected", "private host");
    expect(transportFailure("Paint Co", refused, { stakes: "paid", signal })).toBe(refused);
  });
});
