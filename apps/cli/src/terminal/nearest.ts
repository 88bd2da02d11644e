/**
 * The candidate that a misspelt word most likely meant; undefined if none is close.
 *
 * @example nearest("ai-anime-genrator", ["ai-anime-generator", "general"]) // "ai-anime-generator"
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  // Part of a name is no typing error, but says what is meant: "gen", "anime".
  const begun = wanted.length > 2 ? candidates.find((candidate) => candidate.startsWith(wanted)) : undefined;
  if (begun) return begun;
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(wanted, candidate) }))
    .sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  if (best && best.distance <= Math.max(2, Math.floor(wanted.length / 3))) return best.candidate;
  return wanted.length > 2 ? candidates.find((candidate) => candidate.includes(wanted)) : undefined;
}

/** Letters to insert, remove or replace to make one word of the other (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const distances = [row + 1];
    for (let column = 0; column < other.length; column++) {
      const replaced = (before[column] ?? 0) + (letter === other[column] ? 0 : 1);
      distances.push(Math.min(replaced, (before[column + 1] ?? 0) + 1, (distances[column] ?? 0) + 1));
    }
    before = distances;
  }
  return before[other.length] ?? 0;
}
