/** Says in a page why an image is not coming. */
export function explain(_index: number, message: string): void {
  throw new Error(message);
}
