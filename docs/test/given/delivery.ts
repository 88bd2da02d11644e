import { headers } from "./headers.ts";
import { rawBody } from "./raw-body.ts";

/** A delivery, as a receiver gets it. */
export const delivery = () =>
  new Request("https://example.com/hook", { method: "POST", headers, body: rawBody });
