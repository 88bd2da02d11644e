import { type BluehourClient, createClient } from "@bluehour/client";

/** The client, with the account's token: for the server alone. Neither variable reaches the page. */
export function connect(): BluehourClient {
  const { BLUEHOUR_URL, BLUEHOUR_TOKEN } = process.env;
  if (!BLUEHOUR_URL || !BLUEHOUR_TOKEN) throw new Error("Set BLUEHOUR_URL and BLUEHOUR_TOKEN");
  return createClient({ baseUrl: BLUEHOUR_URL, token: BLUEHOUR_TOKEN });
}
