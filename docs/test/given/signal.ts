export const { signal } = new AbortController();
