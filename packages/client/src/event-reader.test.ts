import { expect, test } from "vitest";
import { projectOf } from "../test/fake-project.ts";
import { eventReader } from "./event-reader.ts";

/** The events in a text that arrives in pieces of so many bytes. */
async function read(text: string, size = 7) {
  const bytes = new TextEncoder().encode(text);
  async function* pieces() {
    for (let at = 0; at < bytes.byteLength; at += size) yield bytes.slice(at, at + size);
  }
  const reader = eventReader();
  const events = [];
  for await (const piece of pieces()) events.push(...reader(piece));
  return events;
}

const project = { ...projectOf("job1"), name: "Zürich 🌉" };
const data = JSON.stringify(project);
const event = `id: 7\nevent: project\ndata: ${data}\n\n`;

test.each([1, 2, 3, 7, 10_000])("events are read whole, in pieces of %i bytes", async (size) => {
  const text = `: \n\n${event}: \n\n${event.replace("7", "8")}`;
  expect(await read(text, size)).toEqual([
    { id: "7", project },
    { id: "8", project },
  ]);
});

test("lines may end as Windows ends them, and fields stand in any order", async () => {
  const text = `event:project\r\ndata:${data}\r\nid:7\r\n\r\n`;
  expect(await read(text, 1)).toEqual([{ id: "7", project }]);
});

test("an event that was cut off is not told", async () => {
  for (const length of [5, 30, event.length - 1]) expect(await read(event.slice(0, length))).toEqual([]);
});

test("events of another kind are passed over", async () => {
  expect(await read(`event: weather\ndata: {"rain":true}\n\n${event}`)).toEqual([{ id: "7", project }]);
});
