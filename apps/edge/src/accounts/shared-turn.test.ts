import { expect, test } from "vitest";
import { SharedTurn } from "./shared-turn.ts";

test("whoever joins before the turn goes on in it, without anything in between", async () => {
  const turn = new SharedTurn();
  const seen: string[] = [];
  const go = async (name: string) => {
    await turn.join();
    seen.push(name);
  };
  const both = [go("first"), go("second")];
  setTimeout(() => seen.push("another turn"));
  await Promise.all(both);
  expect(seen).toEqual(["first", "second"]);
});

test("a turn that is over takes nobody in any more", async () => {
  const turn = new SharedTurn();
  const first = turn.join();
  await first;
  expect(turn.join()).not.toBe(first);
});
