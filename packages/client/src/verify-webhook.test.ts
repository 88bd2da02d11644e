import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { projectOf } from "../test/fake-project.ts";
import { verifyWebhook, WebhookVerificationError } from "./verify-webhook.ts";

const SECRET = `whsec_${btoa("0123456789abcdef0123456789abcdef")}`;
const OTHER = `whsec_${btoa("another secret of thirty-two byte")}`;
const SENT_AT = Date.UTC(2026, 0, 1);
const EVENT = { type: "image.completed", payload: { ...projectOf("job1"), name: "Zürich 🌉" } } as const;
const BODY = JSON.stringify(EVENT);

/** The headers that the reference implementation signs with. */
function headersOf({ secret = SECRET, body = BODY, sentAt = SENT_AT, id = "msg_1" } = {}) {
  const date = new Date(sentAt);
  return {
    "webhook-id": id,
    "webhook-timestamp": `${date.getTime() / 1000}`,
    "webhook-signature": new Webhook(secret).sign(id, date, body),
  };
}

const verify = (headers: Record<string, string>, body = BODY, now = SENT_AT) =>
  verifyWebhook({ headers, body }, SECRET, now);

test("what the reference implementation signs is genuine, however it is handed over", async () => {
  const headers = headersOf();
  expect(await verify(headers)).toEqual(EVENT);
  expect(await verifyWebhook({ headers: new Headers(headers), body: BODY }, SECRET, SENT_AT)).toEqual(EVENT);
  const bytes = new TextEncoder().encode(BODY);
  expect(await verifyWebhook({ headers, body: bytes }, SECRET, SENT_AT)).toEqual(EVENT);
  const request = new Request("http://hook.test", { method: "POST", headers, body: BODY });
  expect(await verifyWebhook(request, SECRET, SENT_AT)).toEqual(EVENT);
});

test("the clock is this machine's, unless it is passed in", async () => {
  const headers = headersOf({ sentAt: Math.floor(Date.now() / 1000) * 1000 });
  expect(await verifyWebhook({ headers, body: BODY }, SECRET)).toEqual(EVENT);
});

test("the secret may come without its prefix", async () => {
  const bare = SECRET.slice("whsec_".length);
  expect(await verifyWebhook({ headers: headersOf(), body: BODY }, bare, SENT_AT)).toEqual(EVENT);
});

test("one right signature among several is enough, as while secrets are changed", async () => {
  const [right, wrong] = [headersOf(), headersOf({ secret: OTHER })];
  const signature = ["v1a,unknown", "nonsense", wrong["webhook-signature"], right["webhook-signature"]].join(
    " ",
  );
  expect(await verify({ ...right, "webhook-signature": signature })).toEqual(EVENT);
});

test.each([
  [0, true],
  [300_000, true],
  [301_000, false],
  [-300_000, true],
  [-301_000, false],
])("%i ms after it was sent: %s", async (age, isGood) => {
  const verifying = verify(headersOf(), BODY, SENT_AT + age);
  if (isGood) expect(await verifying).toEqual(EVENT);
  else await expect(verifying).rejects.toThrow(WebhookVerificationError);
});

test.each<[string, () => Promise<unknown>]>([
  ["another secret", () => verify(headersOf({ secret: OTHER }))],
  ["another body", () => verify(headersOf(), BODY.replace("job1", "job2"))],
  ["another id", () => verify({ ...headersOf(), "webhook-id": "msg_2" })],
  ["another time", () => verify({ ...headersOf(), "webhook-timestamp": `${SENT_AT / 1000 + 1}` })],
  ["a time that is no number", () => verify({ ...headersOf(), "webhook-timestamp": "now" })],
  ["a time in exponents", () => verify({ ...headersOf(), "webhook-timestamp": `${SENT_AT / 1e5}e2` })],
  ["no signature at all", () => verify({ ...headersOf(), "webhook-signature": "" })],
  ["a signature that is no base64", () => verify({ ...headersOf(), "webhook-signature": "v1,*" })],
  ["an empty signature", () => verify({ ...headersOf(), "webhook-signature": "v1," })],
  [
    "a signature of another version",
    () => {
      const headers = headersOf();
      return verify({ ...headers, "webhook-signature": headers["webhook-signature"].replace("v1", "v2") });
    },
  ],
  ["no id", () => verify({ ...headersOf(), "webhook-id": "" })],
])("%s is not genuine", async (_, verifying) => {
  await expect(verifying()).rejects.toThrow(WebhookVerificationError);
});

test.each(["", "whsec_", "whsec_*"])("%j is no secret", async (secret) => {
  await expect(verifyWebhook({ headers: headersOf(), body: BODY }, secret, SENT_AT)).rejects.toThrow(
    TypeError,
  );
});
