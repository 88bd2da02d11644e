import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { Alarm } from "./alarm.ts";

/** An alarm, and how often it was set in its object's storage. */
async function withAlarm(
  name: string,
  run: (alarm: Alarm, storage: DurableObjectStorage, set: number[]) => Promise<void>,
) {
  await runInDurableObject(env.ACCOUNTS.getByName(name), async (_, { storage }) => {
    const set: number[] = [];
    const setAlarm = storage.setAlarm.bind(storage);
    storage.setAlarm = (at) => {
      set.push(Number(at));
      return setAlarm(at);
    };
    await run(new Alarm(storage), storage, set);
  });
}

const soon = Date.now() + 60_000;

test("one that goes off soon enough is left alone", () =>
  withAlarm("left-alone", async (alarm, storage, set) => {
    alarm.setBy(soon);
    alarm.setBy(soon + 1);
    alarm.setBy(soon);
    expect(set).toEqual([soon]);
    alarm.setBy(soon - 1);
    expect(await storage.getAlarm()).toBe(soon - 1);
  }));

test("one that goes off too soon is put off, where that is asked for, but not for an instant", () =>
  withAlarm("put-off", async (alarm, storage, set) => {
    alarm.setBy(soon);
    alarm.setAt(soon + 20);
    expect(set).toEqual([soon]);
    alarm.setAt(soon + 21);
    alarm.setAt(soon + 21);
    expect(set).toEqual([soon, soon + 21]);
    alarm.setAt(soon);
    expect(await storage.getAlarm()).toBe(soon);
  }));

test("what became of one that went off, or that another process set, is not taken for known", () =>
  withAlarm("forgotten", async (alarm, storage, set) => {
    alarm.setBy(soon);
    await storage.deleteAlarm();
    alarm.forget();
    alarm.setBy(soon + 1);
    new Alarm(storage).setBy(soon + 2);
    expect(set).toEqual([soon, soon + 1, soon + 2]);
  }));
