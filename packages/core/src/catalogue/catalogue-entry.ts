/** A model that callers can name: the routes to try in order, and its price. A route is `provider/model`. */
export interface CatalogueEntry {
  /** Routes that paint from words alone; empty for a model that only edits. */
  readonly routes: readonly string[];
  /** Routes that work from images; empty for a model that does not. Often others: some providers split the two. */
  readonly editRoutes: readonly string[];
  /** Credits for one standard image. */
  readonly credits: number;
}
