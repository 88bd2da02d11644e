import { bluehour } from "./bluehour.ts";

/** As a server issues it for the page in which it is used. */
export const { token: browserToken } = await bluehour.v1.account.tokens.create({
  scopes: ["generate", "read"],
  expires_in: 60,
  max_credits: 50,
  origin: location.origin,
});
