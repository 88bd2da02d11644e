import { join } from "node:path";

/** The checkout: this file is in `apps/cli/{src,dist}/worker/`. */
export const WORKSPACE_ROOT = join(import.meta.dirname, "../../../..");
