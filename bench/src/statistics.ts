/** The middle of some numbers; the upper one of two. NaN for none. */
export function median(numbers: readonly number[]): number {
  return quantile(
    numbers.toSorted((a, b) => a - b),
    0.5,
  );
}

/** @param ascending - sorted @param share - from 0 up to 1 */
export function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.floor(ascending.length * share)] ?? Number.NaN;
}
