/** Where the Worker is. */
export const baseUrl = process.env["BLUEHOUR_URL"] ?? "";
