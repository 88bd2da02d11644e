import type { Block } from "../markdown/read-document.ts";

/** One or more blocks of a document that are one program: those that go on where the one before ended. */
export interface Unit {
  readonly document: string;
  /** Of its last block, where the whole is run. */
  readonly line: number;
  readonly lines: string;
  readonly language: string;
  readonly code: string;
  /** Of its first block. */
  readonly notes: Block["notes"];
}

const NOTES = new Set([
  // What a block is:
  "continues",
  "file",
  "added to",
  "in a page",
  "receiver",
  "theirs",
  "output",
  // What it needs, and does:
  "given",
  "answers",
  "stays",
  "visited",
  "generated",
  "end of generated",
]);

/** @throws Error for a note that no rule knows, or a block that goes on from nothing */
export function unitsOf(blocks: readonly Block[]): Unit[] {
  const units: Unit[] = [];
  for (const block of blocks) {
    const unknown = Object.keys(block.notes).filter((note) => !NOTES.has(note));
    if (unknown.length > 0) {
      throw new Error(`${block.document}:${block.line}: no rule knows "${unknown.join('", "')}"`);
    }
    const before = units.findLastIndex(({ language }) => language === block.language);
    const begun = units[before];
    if (!("continues" in block.notes)) {
      units.push({ ...block, lines: `${block.line}` });
    } else if (begun) {
      units.splice(before, 1);
      const given = [begun.notes["given"], block.notes["given"]].filter(Boolean).join(",");
      units.push({
        ...begun,
        line: block.line,
        lines: `${begun.lines}, ${block.line}`,
        code: `${begun.code}\n${block.code}`,
        notes: given ? { ...begun.notes, given } : begun.notes,
      });
    } else {
      throw new Error(`${block.document}:${block.line}: there is nothing that it continues`);
    }
  }
  return units;
}
