/** The operator's. */
export const token = process.env["BLUEHOUR_TOKEN"] ?? "";
