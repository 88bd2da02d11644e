// Hands a receiver of webhooks, which a document shows, a delivery that is genuine and one that is not.
import { pathToFileURL } from "node:url";
import { delivery } from "../given/delivery.ts";
import { secret } from "../given/secret.ts";

const { default: receiver } = await import(pathToFileURL(process.argv[2] ?? "").href);
const env = { BLUEHOUR_WEBHOOK_SECRET: secret };
const forged = new Request(delivery(), { body: "{}", method: "POST" });
const statuses = [(await receiver.fetch(delivery(), env)).status, (await receiver.fetch(forged, env)).status];
if (statuses.join() !== "204,400") throw new Error(`The receiver answered ${statuses}`);
