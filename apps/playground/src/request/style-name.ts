/** Where a name is more than the words of the tool. */
const NAMES: Record<string, string> = {
  general: "None",
  "disney-ai-generator": "Disney",
  "dnd-ai-art-generator": "D&D art",
  "pokemon-generator": "Pokémon",
  "south-park-character-generator": "South Park character",
};

/** A style tool for people: `ai-anime-generator` is "Anime". */
export function styleName(tool: string): string {
  const words = tool
    .replace(/^ai-/, "")
    .replace(/-(?:generator|maker|ai)$/, "")
    .replaceAll("-", " ");
  return NAMES[tool] ?? words.charAt(0).toUpperCase() + words.slice(1);
}
