import { expect, it } from "vitest";
import { faultsOfPrompt } from "./fault-markers.ts";

it.each([
  ["submit-503x2", { type: "status", on: "submit", status: 503, times: 2, after: false }],
  ["poll-429-wait2x3", { type: "status", on: "poll", status: 429, retryAfterSeconds: 2, times: 3 }],
  ["submit-504-after", { type: "status", on: "submit", status: 504, after: true, times: 1 }],
  ["submit-drop-after", { type: "drop", on: "submit", after: true }],
  ["download-hang", { type: "hang", on: "download", after: false }],
  ["poll-garbage", { type: "garbage", on: "poll" }],
  ["poll-cutx2", { type: "cut", on: "poll", times: 2 }],
  ["slow-3000", { type: "slow", renderMs: 3000 }],
  ["error-content_policy_violation", { type: "job-error", code: "content_policy_violation" }],
  ["fewer-1", { type: "fewer", images: 1 }],
  ["body-large-8", { type: "body-large", mebibytes: 8 }],
  ["body-shortx2", { type: "body-short", times: 2 }],
  ["expired-url", { type: "expired-url", times: 1 }],
  ["vanish", { type: "vanish" }],
  ["moderated", { type: "moderated" }],
  ["lose-callback", { type: "lose-callback" }],
])("reads [fault:%s]", (marker, fault) => {
  expect(faultsOfPrompt(`a cat [fault:${marker}] at dusk`)).toMatchObject([fault]);
});

it("reads every marker of a prompt, and none where there is none", () => {
  expect(faultsOfPrompt("[fault:submit-503][fault:slow-10] a cat")).toHaveLength(2);
  expect(faultsOfPrompt("a cat [not a fault]")).toEqual([]);
});

it("refuses a marker that means nothing", () => {
  expect(() => faultsOfPrompt("[fault:submit-sulk]")).toThrow("unknown fault marker [fault:submit-sulk]");
});
