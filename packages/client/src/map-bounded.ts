/**
 * `Promise.allSettled` over a function, at most `bound` calls at a time.
 *
 * @returns one outcome an item, in the order of the items
 */
export async function mapBounded<Item, Result>(
  items: readonly Item[],
  bound: number,
  map: (item: Item) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> {
  const outcomes: PromiseSettledResult<Result>[] = [];
  // The workers share one iterator, so that each item is taken once.
  const entries = items.entries();
  const work = async () => {
    for (const [index, item] of entries) {
      outcomes[index] = await map(item).then(
        (value) => ({ status: "fulfilled", value }),
        (reason: unknown) => ({ status: "rejected", reason }),
      );
    }
  };
  await Promise.all(Array.from({ length: bound }, work));
  return outcomes;
}
