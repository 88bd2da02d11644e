/** Which page of a list, newest first. */
export interface PageRequest {
  /** Most items in the answer, 1 to 100. Default: 20. */
  readonly limit?: number | undefined;
  /** `next_cursor` of the page before. Default: the newest items. */
  readonly cursor?: string | undefined;
}

/** As it goes into a URL. */
export function inQuery<T extends PageRequest>({ limit, ...rest }: T) {
  return { ...rest, limit: limit?.toString() };
}
