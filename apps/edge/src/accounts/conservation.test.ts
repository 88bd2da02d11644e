import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Created, Project } from "@bluehour/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openAccount } from "../test-api.ts";
import { admissionOf } from "./test-admission.ts";
import { CREDITS, eventArbitrary, Life } from "./test-life.ts";

test("granted = balance + charged − refunded, through any interleaving of what can happen", async () => {
  const admission = { ...(await admissionOf({ accountId: "x" })), ratePerMinute: 1_000_000 };
  let account = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(400), fc.array(eventArbitrary, { maxLength: 60 }), async (credits, events) => {
      const stub = env.ACCOUNTS.getByName(`conservation ${account++}`);
      await runInDurableObject(stub, (_, { storage }) => {
        const life = new Life(storage, credits, admission);
        for (const event of events) {
          life.happen(event);
          life.check();
        }
      });
    }),
    { numRuns: 150 },
  );
}, 60_000);

test("the same with real jobs that fail in every way, while all processes are killed", async () => {
  const account = await openAccount(1_000);
  const faults = ["", "[fault:fewer-1]", "[fault:submit-422]", "[fault:slow-60000]", "[fault:submit-dropx2]"];
  const post = (index: number) =>
    account.create(
      1 + (index % 3),
      {
        style: { prompt: `${faults[index % faults.length]} conserve ${index}` },
        model: "magic-hour/default",
      },
      { "Idempotency-Key": `conserve-${index}` },
    );
  const ids: string[] = [];
  for (let index = 0; index < 20; index++) {
    ids.push((await (await post(index)).json<Created>()).id);
    if (index % 9 === 8) await abortAllDurableObjects();
  }
  for (const [index, id] of ids.entries()) {
    if (index % 5 === 3) await account.post(`/v1/image-projects/${id}/cancel`, {});
    if (index % 7 === 6) await account.call(`/v1/image-projects/${id}`, { method: "DELETE" });
    expect((await (await post(index)).json<Created>()).id).toBe(id);
  }
  const projects = await Promise.all(ids.map((id) => account.ended(id)));
  const kept = projects.filter((project): project is Project => "status" in project);
  expect(kept.map(({ status }) => status)).not.toContain("rendering");
  await expect
    .poll(async () => (await account.list("?limit=100")).items.length, { timeout: 10_000 })
    .toBe(kept.length);

  // 20 jobs of 1, 2 and 3 images.
  const charged = ids.reduce((sum, _, index) => sum + (1 + (index % 3)) * CREDITS, 0);
  const spent = kept.reduce((sum, { credits_charged }) => sum + credits_charged, 0);
  const { credits } = await account.account();
  expect(credits.charged).toBe(charged);
  expect(credits.balance).toBe(1_000 - charged + credits.refunded);
  const deletedAfterSuccess = charged - credits.refunded - spent;
  expect(deletedAfterSuccess).toBeGreaterThanOrEqual(0);
  expect(deletedAfterSuccess).toBeLessThanOrEqual(2 * 3 * CREDITS);
}, 60_000);
