import * as z from "zod";

const MAX_PAGE_SIZE = 100;

/** Query of every list: how many items, and where to go on. */
export const pageQuerySchema = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(MAX_PAGE_SIZE))
    .default(20)
    .meta({ description: "Most items in the answer, 1 to 100", example: 20 }),
  cursor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "`next_cursor` of the page before; without it the newest items" }),
});
export type PageQuery = z.output<typeof pageQuerySchema>;

/** One page of a list, newest first. */
export interface Page<T> {
  /** Can be fewer than `limit`, and more follow all the same. */
  items: T[];
  /** The `cursor` of the next page; null on the last one. */
  next_cursor: string | null;
}

/** The schema of a page of items. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().meta({ description: "Null on the last page" }),
  });
}
