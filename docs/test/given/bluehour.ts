import { createClient } from "@bluehour/client";
import { baseUrl } from "./base-url.ts";
import { token } from "./token.ts";

export const bluehour = createClient({ baseUrl, token });
