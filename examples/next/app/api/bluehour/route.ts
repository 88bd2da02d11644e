import { verifyWebhook, WebhookVerificationError } from "@bluehour/client/webhooks";
import { closeRecord } from "../../../lib/image-records";

/** Hears how jobs have ended, whether or not anybody has the page open. Answered with 2xx, it is not told again. */
export async function POST(request: Request): Promise<Response> {
  const secret = process.env.BLUEHOUR_WEBHOOK_SECRET;
  if (!secret) throw new Error("Set BLUEHOUR_WEBHOOK_SECRET: scripts/register-webhook.ts makes one");
  try {
    const event = await verifyWebhook(request, secret);
    if (event.type !== "webhook.test") await closeRecord(event.payload);
    return new Response(null, { status: 204 });
  } catch (error) {
    if (error instanceof WebhookVerificationError) return new Response(error.message, { status: 400 });
    throw error;
  }
}
