import { abortAllDurableObjects, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type {
  Created,
  Delivery,
  DeliveryPage,
  Project,
  Timeline,
  Webhook,
  WebhookWithSecret,
} from "@bluehour/contract";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { describe, expect, inject, test } from "vitest";
import { call, create, ended, errorOf, openAccount } from "../test-api.ts";

/** What a receiver was sent. */
interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const receiversUrl = inject("receiversUrl");
let names = 0;

/** A receiver of its own for a test. */
function receiver(moods = "204") {
  const path = `/receiver-${crypto.randomUUID()}-${names++}`;
  return {
    url: `${receiversUrl}${path}?moods=${moods}`,
    received: async () => (await fetch(`${receiversUrl}${path}`)).json<Received[]>(),
  };
}

type Account = Awaited<ReturnType<typeof openAccount>>;

const post = (account: Account, path: string, body: object = {}) =>
  account.call(`/v1/webhooks${path}`, { method: "POST", body: JSON.stringify(body) });

/** An account with an endpoint at a receiver. */
async function listening(moods?: string, change: object = {}) {
  const account = await openAccount(null);
  const hook = receiver(moods);
  const webhook = await (await post(account, "", { url: hook.url, ...change })).json<WebhookWithSecret>();
  const stub = env.WEBHOOKS.getByName(`${account.id}/${webhook.id}`);
  return {
    account,
    webhook,
    hook,
    stub,
    describe: async () => {
      const { items } = await (await account.call("/v1/webhooks")).json<{ items: Webhook[] }>();
      return items.find(({ id }) => id === webhook.id);
    },
    deliveries: async () =>
      (await (await account.call(`/v1/webhooks/${webhook.id}/deliveries`)).json<DeliveryPage>()).items,
    /** Lets the time pass until the next tries are due. */
    passTime: async (hours = 0) => {
      await runInDurableObject(stub, (_, { storage }) =>
        storage.sql.exec(
          "UPDATE deliveries SET next_try_at = 1, first_tried_at = first_tried_at - ? WHERE status = 'pending'",
          hours * 3_600_000,
        ),
      );
      await runDurableObjectAlarm(stub);
    },
  };
}

const timelineOf = async (account: Account, id: string) =>
  (await (await account.call(`/v1/image-projects/${id}/timeline`)).json<Timeline>()).items;

const typesOf = (received: Received[]) => received.map(({ body }) => JSON.parse(body).type);
const idsOf = (received: Received[]) => received.map(({ headers }) => headers["webhook-id"]);

/** Magic Hour's own check, as its documentation has receivers write it. */
async function magicHourSignature({ headers, body }: Received, secret: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  const signed = `${headers["magic-hour-event-timestamp"]}.${body}`;
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(signed))).toHex();
}

describe.concurrent("an endpoint of an account", () => {
  test("hears of the start and the end of a job, in order, with the project as GET gives it", async ({
    expect,
  }) => {
    const { account, hook } = await listening();
    const { id } = await (await account.create(2)).json<Created>();
    const project = await account.ended(id);
    await expect.poll(hook.received).toHaveLength(2);
    const received = await hook.received();
    expect(typesOf(received)).toEqual(["image.started", "image.completed"]);
    expect(JSON.parse(received[1]?.body ?? "")).toEqual({ type: "image.completed", payload: project });
    expect(JSON.parse(received[0]?.body ?? "").payload).toMatchObject({ id, status: "rendering" });
    await expect
      .poll(async () => (await timelineOf(account, id)).filter(({ type }) => type === "webhook_delivered"))
      .toHaveLength(2);
  });

  test("can verify it by Standard Webhooks and by Magic Hour's check, and see through a forgery", async ({
    expect,
  }) => {
    const { account, hook, webhook } = await listening();
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(hook.received).toHaveLength(2);
    for (const delivery of await hook.received()) {
      const { headers, body } = delivery;
      const standard = new StandardWebhook(webhook.secret);
      expect(standard.verify(body, headers)).toEqual(JSON.parse(body));
      expect(() => standard.verify(`${body} `, headers)).toThrow();
      expect(() => new StandardWebhook("whsec_AAAA").verify(body, headers)).toThrow();
      expect(headers["magic-hour-event-signature"]).toBe(await magicHourSignature(delivery, webhook.secret));
    }
  });

  test("hears only of what it asked for", async ({ expect }) => {
    const { account, hook } = await listening("204", { events: ["image.completed"] });
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(hook.received).toHaveLength(1);
    expect(typesOf(await hook.received())).toEqual(["image.completed"]);
  });

  test("that fails is tried again under the same id, and an event waits for those before it", async ({
    expect,
  }) => {
    const { account, hook, passTime, deliveries } = await listening("500,drop,204");
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(hook.received).toHaveLength(1);
    await passTime();
    await expect.poll(hook.received).toHaveLength(2);
    expect(typesOf(await hook.received())).toEqual(["image.started", "image.started"]);
    await passTime();
    await expect.poll(hook.received).toHaveLength(4);
    const received = await hook.received();
    expect(typesOf(received).slice(2)).toEqual(["image.started", "image.completed"]);
    expect(new Set(idsOf(received).slice(0, 3)).size).toBe(1);
    expect(new Set(idsOf(received)).size).toBe(2);
    await expect
      .poll(async () => (await deliveries()).map(({ status }) => status))
      .toEqual(["delivered", "delivered"]);
    const started = (await deliveries())[1];
    expect(started).toMatchObject({ type: "image.started", tries: 3, next_try_at: null });
    expect(started?.attempts.map(({ status }) => status)).toEqual([500, null, 204]);
  });

  test("is not followed to where it redirects", async ({ expect }) => {
    const { account, hook, deliveries } = await listening("302");
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(async () => (await deliveries()).at(-1)?.attempts.at(0)?.status).toBe(302);
    expect(await hook.received()).toHaveLength(1);
  });

  test("that never answers is cut after 10 s, and no job waits for it", async ({ expect }) => {
    const { account, deliveries } = await listening("hang");
    const project = await account.ended((await (await account.create(1)).json<Created>()).id);
    expect(project.status).toBe("complete");
    expect((await deliveries()).every(({ attempts }) => attempts.length === 0)).toBe(true);
    await expect
      .poll(async () => (await deliveries()).at(-1)?.attempts.at(0)?.error, { timeout: 20_000 })
      .toBe("No answer within 10 seconds");
  });

  test("that answers 410 is disabled, and hears no more", async ({ expect }) => {
    const { account, hook, describe: now, deliveries } = await listening("410");
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(async () => (await now())?.status).toBe("disabled");
    await account.ended((await (await account.create(1)).json<Created>()).id);
    expect(await hook.received()).toHaveLength(1);
    expect((await deliveries()).every(({ status }) => status === "failed")).toBe(true);
  });

  test("that is down for a day is called failing; it is told of what comes then, and recovers", async ({
    expect,
  }) => {
    const { account, hook, passTime, describe: now, deliveries } = await listening("500,500,500,204");
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(hook.received).toHaveLength(1);
    await passTime(24);
    await expect.poll(async () => (await now())?.status).toBe("failing");
    expect((await deliveries()).at(-1)).toMatchObject({ type: "image.started", status: "failed", tries: 2 });
    // The end of the job was waiting behind its start.
    await expect.poll(async () => typesOf(await hook.received()).at(-1)).toBe("image.completed");
    await passTime();
    await expect.poll(async () => (await now())?.status).toBe("active");
  });

  test("can be sent an event once more, under its old id, and one that means nothing", async ({ expect }) => {
    const { account, hook, webhook, deliveries } = await listening();
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(hook.received).toHaveLength(2);
    const [completed] = (await deliveries()) as [Delivery];
    const again = await post(account, `/${webhook.id}/deliveries/${completed.id}/redeliver`);
    expect(again.status).toBe(202);
    await expect.poll(hook.received).toHaveLength(3);
    expect(idsOf(await hook.received()).at(-1)).toBe(completed.id);
    expect((await post(account, `/${webhook.id}/test`)).status).toBe(202);
    await expect.poll(async () => typesOf(await hook.received()).at(-1)).toBe("webhook.test");
    expect((await post(account, `/${webhook.id}/deliveries/nonsense/redeliver`)).status).toBe(404);
  });

  test("whose secret is replaced can be verified with both for a while", async ({ expect }) => {
    const { account, hook, webhook } = await listening();
    const rotated = await (await post(account, `/${webhook.id}/rotate-secret`)).json<WebhookWithSecret>();
    expect(rotated.secret).not.toBe(webhook.secret);
    await post(account, `/${webhook.id}/test`);
    await expect.poll(hook.received).toHaveLength(1);
    const [delivery] = (await hook.received()) as [Received];
    for (const secret of [webhook.secret, rotated.secret]) {
      expect(() => new StandardWebhook(secret).verify(delivery.body, delivery.headers)).not.toThrow();
    }
    expect(delivery.headers["magic-hour-event-signature"]).toBe(
      await magicHourSignature(delivery, rotated.secret),
    );
  });

  test("shows its secret once, and pages through what it was sent", async ({ expect }) => {
    const { account, webhook, hook, describe: now } = await listening();
    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    expect(await now()).toEqual({
      id: webhook.id,
      url: webhook.url,
      events: ["image.started", "image.completed", "image.errored", "image.canceled"],
      status: "active",
      created_at: webhook.created_at,
    });
    for (let sent = 1; sent <= 3; sent++) {
      await post(account, `/${webhook.id}/test`);
      await expect.poll(hook.received).toHaveLength(sent);
    }
    const page = async (query: string) =>
      (await account.call(`/v1/webhooks/${webhook.id}/deliveries?${query}`)).json<DeliveryPage>();
    const first = await page("limit=2");
    const second = await page(`limit=2&cursor=${first.next_cursor}`);
    expect([first.items.length, second.items.length, second.next_cursor]).toEqual([2, 1, null]);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  });

  test("that is deleted is told nothing more, and leaves nothing behind", async ({ expect }) => {
    const { account, webhook, hook, stub } = await listening("500");
    await account.ended((await (await account.create(1)).json<Created>()).id);
    await expect.poll(hook.received).toHaveLength(1);
    expect((await account.call(`/v1/webhooks/${webhook.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await account.call(`/v1/webhooks/${webhook.id}`, { method: "DELETE" })).status).toBe(404);
    expect(await stub.describe()).toBeNull();
    await account.ended((await (await account.create(1)).json<Created>()).id);
    expect(await hook.received()).toHaveLength(1);
  });

  test("is 404 for another account", async ({ expect }) => {
    const { webhook } = await listening();
    const stranger = await openAccount(null);
    for (const [path, method] of [
      ["", "DELETE"],
      ["/deliveries", "GET"],
      ["/test", "POST"],
      ["/rotate-secret", "POST"],
      ["/deliveries/x/redeliver", "POST"],
    ]) {
      const response = await stranger.call(`/v1/webhooks/${webhook.id}${path}`, { method: method ?? "" });
      expect(response.status).toBe(404);
    }
    expect(await (await stranger.call("/v1/webhooks")).json()).toEqual({ items: [] });
  });

  test("may be one of twenty", async ({ expect }) => {
    const account = await openAccount(null);
    const add = () => post(account, "", { url: receiver().url });
    for (let count = 0; count < 20; count++) expect((await add()).status).toBe(200);
    expect(await errorOf(await add())).toMatchObject({ status: 422, code: "unprocessable" });
  });
});

describe.concurrent("the webhook_url of one job", () => {
  test("hears of it, signed with the secret of the answer", async ({ expect }) => {
    const hook = receiver();
    const { id, webhook_secret } = await create("told of", { webhook_url: hook.url });
    const project = await ended(id);
    await expect.poll(hook.received).toHaveLength(2);
    const [, completed] = (await hook.received()) as [Received, Received];
    expect(new StandardWebhook(`${webhook_secret}`).verify(completed.body, completed.headers)).toEqual({
      type: "image.completed",
      payload: project,
    });
  });

  test("hears of a failure, and of a cancel", async ({ expect }) => {
    const [failed, canceled] = [receiver(), receiver()];
    await ended((await create("told of [fault:submit-422]", { webhook_url: failed.url })).id);
    await expect.poll(async () => typesOf(await failed.received())).toEqual(["image.errored"]);
    const { id } = await create("told of [fault:slow-60000]", { webhook_url: canceled.url });
    await expect.poll(async () => typesOf(await canceled.received())).toEqual(["image.started"]);
    await call(`/v1/image-projects/${id}/cancel`, { method: "POST" });
    await expect
      .poll(async () => typesOf(await canceled.received()))
      .toEqual(["image.started", "image.canceled"]);
    expect(JSON.parse((await canceled.received())[1]?.body ?? "").payload).toMatchObject<Partial<Project>>({
      id,
      status: "canceled",
    });
  });

  test("is not for browser tokens, who would learn the account's secret", async ({ expect }) => {
    const account = await openAccount(null);
    const issued = await account.call("/v1/account/tokens", {
      method: "POST",
      body: JSON.stringify({ scopes: ["generate"], expires_in: 60 }),
    });
    const { token } = await issued.json<{ token: string }>();
    const body = JSON.stringify({ image_count: 1, style: { prompt: "p" }, webhook_url: receiver().url });
    const headers = { Authorization: `Bearer ${token}` };
    const response = await call("/v1/ai-image-generator", { method: "POST", body, headers });
    expect(await errorOf(response)).toMatchObject({ status: 403, code: "forbidden" });
  });

  test.each(["ftp://example.com/hook", "not a url", ""])("%s is 400", async (webhook_url) => {
    const body = JSON.stringify({ image_count: 1, style: { prompt: "p" }, webhook_url });
    expect((await call("/v1/ai-image-generator", { method: "POST", body })).status).toBe(400);
  });
});

test("an event outlives the death of every process", async () => {
  const { account, hook, stub } = await listening("500,204");
  const { id } = await (await account.create(1)).json<Created>();
  await account.ended(id);
  await expect.poll(hook.received).toHaveLength(1);
  await abortAllDurableObjects();
  // Nobody asks: its alarm alone brings it back, in about five seconds.
  await expect.poll(hook.received, { timeout: 15_000 }).toHaveLength(3);
  expect(await stub.describe()).toEqual({ state: "active" });
});
