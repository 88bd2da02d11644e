import { RESOLUTIONS } from "@bluehour/core";
import type { Table, TableRow } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { PROVIDERS } from "../generate/model-tables.ts";
import { readDocument } from "./markdown/read-document.ts";

const cellsOf = (row: TableRow | undefined) => row?.children.map((cell) => textOf(cell)) ?? [];

/** What the page of a provider says of its models, one claim a cell: `model`, column, what stands there. */
async function claimsOf(provider: string): Promise<[model: string, column: string, said: string][]> {
  const tables: Table[] = [];
  visit(
    (await readDocument(`docs/providers/${provider}.md`)).tree,
    "table",
    (table) => void tables.push(table),
  );
  const models = tables.find(({ children: [head] }) => cellsOf(head)[0] === "model");
  const [head, ...rows] = models?.children ?? [];
  const columns = cellsOf(head);
  return rows.flatMap((row) => {
    const [names, ...cells] = cellsOf(row);
    // A row may be of several models; `(deprecated)` and the like are no names.
    const named = names?.split(", ").map((name) => name.replace(/ \(.*\)$/, "")) ?? [];
    return named.flatMap((model) =>
      cells.map((said, index): [string, string, string] => [model, columns[index + 1] ?? "", said]),
    );
  });
}

const claims = (
  await Promise.all(
    PROVIDERS.map(async ([provider]) => {
      const ofThis = await claimsOf(provider.id);
      return ofThis.map(([model, column, said]) => ({ provider, model, column, said }));
    }),
  )
).flat();

/** As a table words it: `640px to 2k`, `640px, 1k`, `1k`. */
function wordResolutions(resolutions: readonly string[]): string {
  const sizes = RESOLUTIONS.filter((size) => size !== "auto" && resolutions.includes(size));
  return sizes.length > 2 ? `${sizes[0]} to ${sizes.at(-1)}` : sizes.join(", ");
}

test.each(claims.filter(({ column, model }) => column === "images a call" && model !== "any other"))(
  "$provider.id/$model paints $said a call",
  ({ provider, model, said }) => {
    expect(`${provider.describe(model).maxImagesPerCall}`).toBe(said);
  },
);

test.each(claims.filter(({ column }) => column === "resolutions"))(
  "$provider.id/$model paints at $said",
  ({ provider, model, said }) => {
    expect(wordResolutions(provider.describe(model).resolutions)).toBe(said.replace(/ \(.*\)$/, ""));
  },
);

test.each(claims.filter(({ column }) => column === "edits"))(
  "$provider.id/$model edits: $said",
  ({ provider, model, said }) => {
    expect(provider.describe(model).capabilities.edit).toBe(said !== "no");
  },
);
