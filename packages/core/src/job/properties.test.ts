import fc from "fast-check";
import { test } from "vitest";
import { type Choice, fail, live, lives, runs } from "../../test/lives.ts";
import { summarize } from "./describe-job.ts";
import type { JobState } from "./state.ts";
import { transition } from "./transition.ts";
import { wakeTime } from "./wake-time.ts";

function isAnnounce({ kind }: JobState["duties"][number]): boolean {
  return kind === "announce";
}

test("what has ended absorbs everything: outcome, ended parts and stored images never change", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (before, event, after) => {
        if (before.outcome && JSON.stringify(after.outcome) !== JSON.stringify(before.outcome))
          fail(event.type);
        before.parts.forEach((part, index) => {
          if (!["stored", "failed", "canceled"].includes(part.phase)) return;
          if (JSON.stringify(after.parts[index]) !== JSON.stringify(part))
            fail(`part ${index} by ${event.type}`);
        });
        if (before.deletedAt !== null && after.deletedAt !== before.deletedAt) fail("deleted twice");
      });
    }),
    runs,
  );
});

test("a repeated or a stale outcome changes nothing", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, event, after) => {
        // These say that there is something to look at, each time anew.
        if (event.type === "woke" || event.type === "restarted" || event.type === "poked") return;
        if (transition(after, event, 1e12).state !== after) fail(`${event.type} twice`);
      });
    }),
    runs,
  );
});

test("whatever lives has a wake time", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, event, after) => {
        if (!Number.isFinite(wakeTime(after))) fail(`asleep for ever after ${event.type}`);
      });
    }),
    runs,
  );
});

test("at most one submit of a part is in flight, and an unknown outcome is resubmitted blindly once at most", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      const { inFlight, state } = live(order, choices, () => undefined);
      const submits = inFlight.filter((effect) => effect.type === "submit").map(({ part }) => part);
      if (new Set(submits).size !== submits.length) fail(`two submits in flight: ${submits}`);
      state.parts.forEach((_, index) => {
        const blind = state.timeline.filter((entry) => entry.type === "resubmitted" && entry.part === index);
        if (blind.length > 1) fail(`part ${index} was resubmitted ${blind.length} times`);
      });
    }),
    runs,
  );
});

test("refunds never exceed charges, and every image is either delivered or refunded", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, __, after) => {
        const { creditsCharged, creditsRefunded, images, status } = summarize(after);
        if (creditsRefunded > creditsCharged) fail("refunded too much");
        if (status === "queued" || status === "rendering") return;
        const delivered = images.filter(({ output }) => output).length * after.order.creditsPerImage;
        if (creditsRefunded + delivered !== creditsCharged)
          fail(`${creditsRefunded} + ${delivered} of ${creditsCharged}`);
      });
    }),
    runs,
  );
});

test("events are told in order: the start before the end, one end, each until it is known to be told", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      const { told, state } = live(order, choices, () => undefined);
      const events = told.flatMap((effect) => (effect.type === "announce" ? [effect.event] : []));
      const distinct = events.filter((event, index) => events.indexOf(event) === index);
      if (distinct.indexOf("image.started") > 0) fail(`${events}`);
      if (distinct.filter((event) => event !== "image.started").length > 1) fail(`${events}`);
      if (order.webhookUrl === null && events.length > 0) fail("nobody listens");
      const after = events.slice(events.findIndex((event) => event !== "image.started"));
      if (distinct.length === 2 && after.includes("image.started")) fail(`${events}`);
      if (state.outcome && order.webhookUrl && distinct.length === 0 && !state.duties.some(isAnnounce))
        fail("an end that nobody hears of");
    }),
    runs,
  );
});

test("every image of the order belongs to exactly one part", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      live(order, choices, (_, event, after) => {
        const indices = after.parts
          .flatMap((part) => part.images.map(({ index }) => index))
          .sort((a, b) => a - b);
        if (indices.some((index, position) => index !== position)) fail(`${indices} after ${event.type}`);
        if (indices.length !== order.image.imageCount) fail(`${indices} after ${event.type}`);
      });
    }),
    runs,
  );
});

test("left alone with working providers, every life ends, settles and is erased", () => {
  fc.assert(
    fc.property(lives, ([order, choices]) => {
      const calm = Array.from({ length: 400 }, (_, index): Choice => {
        const move = index % 4 === 3 ? "wake" : "answer";
        return { move, which: index, good: 3, failure: { kind: "unavailable", reason: "r" } };
      });
      const { state, erased } = live(order, [...choices, ...calm], () => undefined);
      if (!erased)
        fail(
          `still ${JSON.stringify(state.parts.map(({ phase }) => phase))} ${JSON.stringify(state.duties)}`,
        );
    }),
    runs,
  );
});
