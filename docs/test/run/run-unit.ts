import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient } from "@bluehour/client";
import { expect } from "vitest";
import { expectKeys, expectLabels, samplesIn } from "./check-output.ts";
import { checkPython } from "./check-python.ts";
import { checkWranglerToml } from "./check-settings.ts";
import type { Guide } from "./open-guide.ts";
import type { Pages } from "./open-page.ts";
import type { Place } from "./place.ts";
import { fileOf, programPath } from "./programs.ts";
import type { Unit } from "./units.ts";

export interface Following {
  readonly place: Place;
  readonly pages: Pages;
  readonly guide: Guide;
  /** File → what the compiler says of it. */
  readonly faults: ReadonlyMap<string, string>;
  /** What the document's commands have printed so far. */
  printed: string;
}

/** How far a unit is tried, in the words of the test's report. */
export function extentOf({ language, notes, code }: Unit): string {
  if (language === "python")
    return "compiled, and its requests sent: the SDK is on PyPI, which tests do not reach";
  if (language === "mermaid") return "parsed by Mermaid";
  if ("theirs" in notes) return "compiled only: it calls somebody else's service";
  if (fileOf({ notes })) return "written, and used by what follows";
  if (language === "sh" && /\bwrangler\b/.test(code))
    return "held against wrangler's help; a deploy is a dry run";
  if (language === "toml") return "read by the Worker's parser, and by wrangler in a dry run";
  if (language === "sh" || language.startsWith("ts")) return "run";
  return "parsed, and held against what was printed where it says so";
}

/**
 * Does what a unit of code is for: runs it, or as much of it as can be run here.
 *
 * @throws Error for a unit that no rule covers
 */
export async function runUnit(unit: Unit, following: Following): Promise<void> {
  switch (unit.language) {
    case "ts":
    case "tsx":
      return runProgram(unit, following);
    case "sh":
      return runShell(unit, following);
    case "python":
      return runPython(unit, following);
    case "json":
      JSON.parse(unit.code);
      return expectOutput(unit, following);
    case "toml":
      return checkWranglerToml(unit.code, following.guide.directory);
    case "mermaid":
      return following.pages.parse(unit.code);
    case "text":
    case "http":
      return expectOutput(unit, following);
    case "html":
      return writeFile(programPath(unit, following.guide), following.guide.localize(unit.code));
    default:
      throw new Error(`no rule covers a block of "${unit.language}"`);
  }
}

/** Compiled before; run here, unless it is another service's, or a file that a command runs later. */
async function runProgram(unit: Unit, { guide, pages, place, faults }: Following): Promise<void> {
  const path = programPath(unit, guide);
  expect(faults.get(path) ?? "").toBe("");
  if ("theirs" in unit.notes || fileOf(unit)) return;
  if ("in a page" in unit.notes) return pages.run(path, place.variables);
  const { code, stderr } = await guide.node("receiver" in unit.notes ? [RECEIVE, path] : [path]);
  expect(stderr.replace(/^.*(Experimental|--trace-warnings).*$\n?/gm, "")).toBe("");
  expect(code).toBe(0);
}

const RECEIVE = join(import.meta.dirname, "receive.ts");

async function runShell(unit: Unit, following: Following): Promise<void> {
  const { guide, pages } = following;
  const code = guide.localize(unit.code);
  // bash ends at a command that fails, but not at one before these.
  expect(code).not.toMatch(/&&|\|\|/);
  const { stays, visited, answers } = unit.notes;
  if (stays) {
    const url = await guide.stay(code, stays);
    if (visited !== undefined) await pages.paint(url, visited);
    return;
  }
  const given = await shellVariables(unit, following);
  const ran = await guide.bash(given + code);
  following.printed += ran.stdout;
  // 22 is curl's for an answer of 400 and above.
  expect(ran.code, `${ran.stdout}\n${ran.stderr}`).toBe(answers ? 22 : 0);
  if (answers) expect(ran.stderr).toContain(answers);
  expectKeys(samplesIn(code), ran.stdout);
}

/** What a block of shell is given: `ID`, a job's. */
async function shellVariables({ notes }: Unit, { place }: Following): Promise<string> {
  if (!notes["given"]) return "";
  expect(notes["given"]).toBe("ID");
  const { url, token } = place.worker;
  const { aiImageGenerator } = createClient({ baseUrl: url, token }).v1;
  const { id } = await aiImageGenerator.create({
    image_count: 1,
    style: { prompt: "a red fox" },
    resolution: "640px",
  });
  return `ID=${id}; `;
}

async function runPython(unit: Unit, { guide, place }: Following): Promise<void> {
  const path = join(guide.directory, `line-${unit.line}.py`);
  await writeFile(path, guide.localize(unit.code));
  await checkPython(path, place.worker);
}

/** A drawing, or a sample of what the commands before it print. */
function expectOutput({ language, code, notes }: Unit, { printed }: Following): void {
  if (!("output" in notes)) return;
  if (language === "json") expectKeys(code, printed);
  else expectLabels(code, printed);
}
