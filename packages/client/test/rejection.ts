/** What a promise is rejected with, which must be such an error. Keeps it from counting as unhandled meanwhile. */
export async function rejection<E extends Error>(
  promise: Promise<unknown>,
  kind: new (...args: never[]) => E,
): Promise<E> {
  const error = await promise.then(
    () => new Error(`expected ${kind.name}, but the promise was fulfilled`),
    (reason: unknown) => reason,
  );
  if (error instanceof kind) return error;
  throw error;
}
