import * as z from "zod";
import type { Parameter } from "./operation.ts";

/** The query of every list. */
export const PAGE_PARAMETERS: readonly Parameter[] = [
  {
    in: "query",
    name: "limit",
    description: "Most items in the answer; 20 if left out",
    schema: z.int().min(1).max(100),
    example: 20,
  },
  {
    in: "query",
    name: "cursor",
    description: "`next_cursor` of the page before; without it the newest items",
    schema: z.string(),
  },
];
