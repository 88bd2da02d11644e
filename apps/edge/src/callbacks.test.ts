import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { callbackUrl } from "./callbacks.ts";
import { readSettings } from "./settings.ts";
import { call, create, ended } from "./test-api.ts";

const settings = { ...readSettings(env), publicUrl: "https://bluehour.test" };
const pathOf = async (job: string, part: number) =>
  new URL((await callbackUrl(settings, job, part)) ?? "").pathname;
const post = (path: string, init: RequestInit = {}) => call(path, { method: "POST", ...init });

test("without PUBLIC_URL there is no address to call back", async () => {
  expect(await callbackUrl({ ...settings, publicUrl: undefined }, "job", 0)).toBeUndefined();
});

test("a callback is answered 204 whatever the job's state, and whatever it says", async () => {
  const { id } = await create("Cool image");
  const path = await pathOf(id, 0);
  const body = JSON.stringify({ status: "failed", output: ["https://elsewhere.test/a.png"] });
  expect((await post(path, { body })).status).toBe(204);
  expect((await ended(id)).status).toBe("complete");
  expect((await post(path, { body })).status).toBe(204);
  await call(`/v1/image-projects/${id}`, { method: "DELETE" });
  expect((await post(path)).status).toBe(204);
});

test("a callback needs no token, but an address that we made, for that part of that job", async () => {
  const { id } = await create("Cool image");
  const path = await pathOf(id, 0);
  const signature = path.split("/").at(-1);
  const noToken = { headers: { Authorization: "" } };
  expect((await post(path, noToken)).status).toBe(204);
  const other = (await create("Cool image")).id;
  for (const wrong of [
    `/callbacks/${id}/1/${signature}`,
    `/callbacks/${other}/0/${signature}`,
    `/callbacks/${id}/0/AAAA`,
    `/callbacks/${id}/x/${signature}`,
  ]) {
    expect((await post(wrong, noToken)).status).toBe(404);
  }
});

test("only POST is taken", async () => {
  const response = await call(await pathOf((await create("Cool image")).id, 0));
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toContain("POST");
});
