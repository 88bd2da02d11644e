import { isDeepStrictEqual } from "node:util";
import { ASPECT_RATIOS, type ImageCall, type Provider, ProviderError, RESOLUTIONS } from "@bluehour/core";
import type { Table, TableRow } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { visit } from "unist-util-visit";
import { expect, test } from "vitest";
import { modelsOf, PROVIDERS } from "../generate/model-tables.ts";
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

interface Claim {
  readonly provider: Provider;
  readonly model: string;
  readonly column: string;
  readonly said: string;
}

const claims: readonly Claim[] = (
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

const CAT = { url: "https://pictures.example/cat.png", reachable: true };

/** Submits to nobody. @returns what was asked of the provider, and how the adapter took the silence */
async function ask(provider: Provider, changes: Partial<ImageCall> & Pick<ImageCall, "model">) {
  const call: ImageCall = {
    prompt: "a cat",
    tool: "general",
    qualityMode: "standard",
    aspectRatio: "16:9",
    resolution: "auto",
    count: 1,
    firstIndex: 0,
    seed: 7,
    inputs: [],
    ...changes,
  };
  const sent: { url: string; body: Record<string, unknown> }[] = [];
  const error: unknown = await provider
    .submit(call, {
      fetch: async (url, { body } = {}) => {
        sent.push({ url, body: typeof body === "string" ? JSON.parse(body) : {} });
        return Response.json({});
      },
      now: () => 0,
      signal: new AbortController().signal,
      idempotencyKey: "job.0.0",
    })
    .catch((reason: unknown) => reason);
  if (!(error instanceof ProviderError)) expect.fail("nobody painted it");
  return { ...(sent.at(-1) ?? { url: "", body: {} }), isRejected: error.kind === "rejected" };
}

/** Holds what each column says of a model against its adapter. */
const COLUMNS: Readonly<Record<string, (claim: Claim) => void | Promise<void>>> = {
  "images a call": ({ provider, model, said }) =>
    expect(`${provider.describe(model).maxImagesPerCall}`).toBe(said),

  resolutions: ({ provider, model, said }) =>
    expect(wordResolutions(provider.describe(model).resolutions)).toBe(said.replace(/ \(.*\)$/, "")),

  shapes: ({ provider, model, said }) =>
    expect(provider.describe(model).aspectRatios).toEqual(said === "all" ? ASPECT_RATIOS : said.split(", ")),

  edits: async ({ provider, model, said }) => {
    expect(provider.describe(model).capabilities.edit).toBe(said !== "no");
    const most = Number(/^(?:up to )?(\d+) inputs?$/.exec(said)?.[1] ?? Number.NaN);
    if (Number.isNaN(most)) return expect(["no", "yes", "only"]).toContain(said);
    const inputs = Array.from({ length: most + 1 }, () => CAT);
    expect(await ask(provider, { model, inputs })).toMatchObject({ isRejected: true });
    expect(await ask(provider, { model, inputs: inputs.slice(1) })).toMatchObject({ isRejected: false });
  },

  "edits with inputs at": async ({ provider, model, said }) => {
    expect(provider.describe(model).capabilities.edit).toBe(said !== "");
    if (said === "") return;
    const { url } = await ask(provider, { model, inputs: [CAT] });
    expect(url).toBe(`https://queue.fal.run/${model}${said}`);
  },

  "shape told as": async ({ provider, model, said }) => {
    const { body } = await ask(provider, { model, resolution: "640px" });
    if (said === "aspect_ratio") return expect(body).toMatchObject({ aspect_ratio: "16:9" });
    // 360 is no multiple of 16.
    expect(said).toMatch(/^pixels/);
    expect(body).toMatchObject({ width: 640, height: 368 });
  },

  "16:9 is asked as": async ({ provider, model, said }) => {
    const [, least, most = least] = /^(\d+x\d+)(?: to (\d+x\d+))?/.exec(said) ?? [];
    expect((await ask(provider, { model })).body).toMatchObject({ size: least });
    expect((await ask(provider, { model, resolution: "4k" })).body).toMatchObject(
      model === "any other" ? {} : { size: most },
    );
  },

  quality: async ({ provider, model, said }) => {
    const { body } = await ask(provider, { model });
    const { body: pro } = await ask(provider, { model, qualityMode: "pro" });
    const words = said === "left out" ? undefined : said;
    expect([body["quality"], pro["quality"]].join(", ")).toBe(words ?? ", ");
  },
};

test.each(claims.map((claim) => ({ ...claim, id: claim.provider.id })))(
  "$id/$model, $column: $said",
  async (claim) => {
    const hold = COLUMNS[claim.column] ?? expect.fail(`nothing holds the column ${claim.column}`);
    await hold(claim);
  },
);

test("each page tells of its provider's models in such a table, but where there is nothing to tell", () => {
  const without = PROVIDERS.filter(
    ([provider]) => !claims.some((claim) => claim.provider.id === provider.id),
  );
  expect(without.map(([{ id }]) => id)).toEqual(["comfyui", "sketch", "stability"]);
});

test.each(PROVIDERS.map(([provider]) => ({ provider, id: provider.id })))(
  "the page of $id has all models that an alias names and that its adapter knows more of than of any other",
  ({ provider, id }) => {
    const told = claims.filter((claim) => claim.provider.id === id).map(({ model }) => model);
    if (told.length === 0) return;
    const other = provider.describe("somebody/something");
    const known = modelsOf(id).filter((model) => !isDeepStrictEqual(provider.describe(model), other));
    expect(told).toEqual(expect.arrayContaining(known));
  },
);
