// Runs where nothing is installed but the client and the contract: no zod, no hono.
import { BluehourError, createClient, STYLE_TOOLS } from "@bluehour/client";
import { verifyWebhook } from "@bluehour/client/webhooks";

const { v1 } = createClient({ baseUrl: "http://localhost:8787", token: "t" });
const parts = [v1.aiImageGenerator.generate, v1.imageProjects.events, verifyWebhook, BluehourError];
if (!parts.every((part) => typeof part === "function")) throw new Error("The package is not whole");
console.log(`runs: with nothing but the contract beside it, ${STYLE_TOOLS.length} tools`);
