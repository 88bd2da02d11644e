import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Nodes, Parent, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A fenced block of code, and what the comment right before it says. */
export interface Block {
  /** From the root, with slashes. */
  readonly document: string;
  readonly line: number;
  /** "" where the fence names none. */
  readonly language: string;
  readonly code: string;
  /** `<!-- given: token, file; in a page -->`: what it says by name, "" where it says no more than the name. */
  readonly notes: Readonly<Record<string, string>>;
}

export interface Document {
  readonly path: string;
  readonly tree: Root;
  readonly blocks: readonly Block[];
}

/** @param path - from the root */
export async function readDocument(path: string): Promise<Document> {
  const text = await readFile(join(ROOT, path), "utf8");
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const blocks: Block[] = [];
  visit(tree, "code", (node, index, parent) => {
    blocks.push({
      document: relative(ROOT, join(ROOT, path)).replaceAll("\\", "/"),
      line: node.position?.start.line ?? 0,
      language: node.lang ?? "",
      code: node.value,
      notes: notesBefore(parent, index),
    });
  });
  return { path, tree, blocks };
}

function notesBefore(parent: Parent | undefined, index: number | undefined): Block["notes"] {
  const before: Nodes | undefined = index === undefined ? undefined : parent?.children[index - 1];
  const [, said] = (before?.type === "html" && /^<!--([\s\S]*)-->$/.exec(before.value)) || [];
  if (said === undefined) return {};
  const pairs = said.split(";").map((note) => note.split(/:(.*)/s).map((part) => part.trim()));
  return Object.fromEntries(pairs.map(([name = "", value = ""]) => [name, value]));
}
