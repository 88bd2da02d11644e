import { type CatalogueEntry, findModel, knownAliases, type Provider, parseRoute } from "@bluehour/core";
import { createComfyui, createSketch, createWorkersAi } from "@bluehour/providers";
import { KEYED_PROVIDERS } from "../../apps/edge/src/provider-registry.ts";
import { markdownTable } from "./markdown-table.ts";

const OUT_OF_THE_BOX = { defaultModel: "sketch/default", models: {} };

const ENTRIES: readonly (readonly [alias: string, entry: CatalogueEntry])[] = knownAliases(OUT_OF_THE_BOX)
  .filter((alias) => alias !== "default")
  .flatMap((alias) => {
    const entry = findModel(alias, OUT_OF_THE_BOX);
    return entry ? [[alias, entry] as const] : [];
  });

const yes = (is: boolean) => (is ? "yes" : "no");

/** Every built-in alias: its price, what it does, and who paints it. */
export function modelTable(): string {
  const rows = ENTRIES.map(([alias, { credits, routes, editRoutes }]) => {
    const providers = new Set([...routes, ...editRoutes].map((route) => parseRoute(route).provider));
    return [
      `\`${alias}\``,
      `${credits}`,
      yes(routes.length > 0),
      yes(editRoutes.length > 0),
      [...providers].join(", "),
    ];
  });
  return markdownTable(
    ["model", "credits", "paints", "edits", "providers, in the order they are tried"],
    rows,
  );
}

/** Models that no alias names, of providers that have no other. */
const UNNAMED: Readonly<Record<string, readonly string[]>> = {
  comfyui: ["default"],
  stability: ["core", "ultra"],
};

/** Every provider that there is an adapter for, by its id, and what enables it. */
export const PROVIDERS: readonly (readonly [provider: Provider, enabledBy: string])[] = [
  ...Object.values(KEYED_PROVIDERS).map(
    ([prefix, create]) => [create({ apiKey: "key" }), `\`${prefix}_API_KEY\``] as const,
  ),
  [createComfyui({ baseUrl: "https://comfy.example.com", workflows: {} }), "`COMFYUI_BASE_URL`"] as const,
  [createSketch({ renderMs: 0 }), "built in"] as const,
  [createWorkersAi({ run: () => Promise.reject(new Error("Only described")) }), "the binding `AI`"] as const,
].toSorted(([a], [b]) => (a.id < b.id ? -1 : 1));

/** What each provider can do, over the models of it that the catalogue names. */
export function providerTable(): string {
  const rows = PROVIDERS.map(([provider, enabledBy]) => {
    const models = modelsOf(provider.id).map((model) => provider.describe(model));
    const counts = models.map(({ maxImagesPerCall }) => maxImagesPerCall);
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    const can = (ability: "edit" | "callback" | "cancel" | "idempotent") =>
      models.filter(({ capabilities }) => capabilities[ability]).length;
    return [
      `[${provider.id}](${provider.id}.md)`,
      enabledBy,
      provider.poll ? "in the background" : "while the job waits",
      least === most ? `${least}` : `${least} to ${most}`,
      can("edit") > 0 && can("edit") < models.length ? "by model" : yes(can("edit") > 0),
      yes(can("callback") > 0),
      yes(can("cancel") > 0),
      provider.find ? "yes" : can("idempotent") > 0 ? "same key again" : "no",
    ];
  });
  const head = ["provider", "enabled by", "paints", "images a call", "edits", "calls back", "can be stopped"];
  return markdownTable([...head, "finds a lost submit"], rows);
}

/** The models of a provider that an alias names, or that stand in for those of one without aliases. */
export function modelsOf(provider: string): readonly string[] {
  const routes = ENTRIES.flatMap(([, entry]) => [...entry.routes, ...entry.editRoutes]).map(parseRoute);
  const named = routes.filter((route) => route.provider === provider).map(({ model }) => model);
  return [...named, ...(UNNAMED[provider] ?? [])];
}
