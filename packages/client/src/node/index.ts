export * from "../exports.ts";
export { createClient } from "./create-client.ts";
