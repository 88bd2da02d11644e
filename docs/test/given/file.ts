import { CAT } from "./cat.ts";

/** As somebody chose it in a page. */
export const file = new File([CAT], "cat.png", { type: "image/png" });
