import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { rawBody } from "./raw-body.ts";
import { secret } from "./secret.ts";

const now = new Date();
const seconds = `${Math.floor(now.getTime() / 1000)}`;

/** Of a delivery: signed as the Worker signs. */
export const headers = {
  "webhook-id": "msg_1",
  "webhook-timestamp": seconds,
  "webhook-signature": new Webhook(secret).sign("msg_1", now, rawBody),
  "magic-hour-event-timestamp": seconds,
  "magic-hour-event-signature": createHmac("sha256", secret).update(`${seconds}.${rawBody}`).digest("hex"),
};
