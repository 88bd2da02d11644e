import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import GithubSlugger from "github-slugger";
import type { Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { describe, expect, test } from "vitest";
import { listDocuments } from "./markdown/documents.ts";
import { ROOT, readDocument } from "./markdown/read-document.ts";

const documents = await Promise.all((await listDocuments()).map(readDocument));

/** As GitHub names the headings of a page, and what it names by hand. */
function anchorsOf(tree: Root): Set<string> {
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  visit(tree, "heading", (node) => void anchors.add(slugger.slug(textOf(node))));
  visit(tree, "html", ({ value }) => {
    for (const [, id = ""] of value.matchAll(/\bid="([^"]+)"/g)) anchors.add(id);
  });
  return anchors;
}

function targetsOf(tree: Root): string[] {
  const targets: string[] = [];
  visit(tree, (node) => {
    if (node.type === "link" || node.type === "image" || node.type === "definition") targets.push(node.url);
    if (node.type !== "html") return;
    for (const [, , target = ""] of node.value.matchAll(/\b(src|srcset|href)="([^"]+)"/g))
      targets.push(target);
  });
  return targets;
}

describe.each(documents)("$path", ({ path, tree }) => {
  test("leads only to what there is", async () => {
    const dead: string[] = [];
    for (const target of targetsOf(tree)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file = "", anchor] = decodeURI(target).split("#");
      const place = file === "" ? path : join(dirname(path), file);
      if (!existsSync(join(ROOT, place))) dead.push(target);
      else if (anchor !== undefined && place.endsWith(".md")) {
        if (!anchorsOf((await readDocument(place)).tree).has(anchor)) dead.push(target);
      } else if (anchor !== undefined && statSync(join(ROOT, place)).isDirectory()) dead.push(target);
    }
    expect(dead).toEqual([]);
  });
});

test("the index names every page, and every guide is to be found from README.md", async () => {
  const pages = documents
    .map(({ path }) => path)
    .filter((path) => path.startsWith("docs/") && path !== "docs/README.md");
  const index = await readDocument("docs/README.md");
  const named = new Set(targetsOf(index.tree).map((target) => join("docs", target.split("#")[0] ?? "")));
  expect(pages.filter((page) => !named.has(page) && !page.startsWith("docs/providers/"))).toEqual([]);
  const readme = documents.find(({ path }) => path === "README.md");
  expect(readme && targetsOf(readme.tree)).toContain("docs/README.md");
});
