import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser } from "./open-browser.ts";
import { parseDiagram } from "./parse-diagram.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

const parse = (...lines: readonly string[]) => parseDiagram(lines.join("\n"), browser);

test("takes a diagram that is whole", async () => {
  await parse("sequenceDiagram", "loop when it pays", "Job->>Provider: poll", "end");
});

test.each([
  ["a flowchart's box that stays open", ["flowchart LR", "cli[the terminal --> client"]],
  ["a flowchart's arrow that there is not", ["flowchart LR", "cli -->> client"]],
  ["a loop without its end", ["sequenceDiagram", "loop when it pays", "Job->>Provider: poll"]],
  ["a state that leads nowhere", ["stateDiagram-v2", "pending -->"]],
])("refuses %s, and says where it stopped", async (_, lines) => {
  await expect(parse(...lines)).rejects.toThrow(/Parse error on line \d/);
});

test("refuses a kind of diagram that it does not know", async () => {
  await expect(parse("flaw LR", "cli --> client")).rejects.toThrow("No diagram type detected");
});
