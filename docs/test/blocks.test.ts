import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listDocuments } from "./markdown/documents.ts";
import { readDocument } from "./markdown/read-document.ts";
import { type Guide, openGuide } from "./run/open-guide.ts";
import { openPages, type Pages } from "./run/open-page.ts";
import { openPlace, type Place } from "./run/place.ts";
import { checkTypes, writeProgram } from "./run/programs.ts";
import { extentOf, type Following, runUnit } from "./run/run-unit.ts";
import { type Unit, unitsOf } from "./run/units.ts";

const documents = (await Promise.all((await listDocuments()).map(readDocument)))
  .map(({ path, blocks }) => ({ path, units: unitsOf(blocks) }))
  .filter(({ units }) => units.length > 0);

let place: Place;
let pages: Pages;
const guides = new Map<string, Guide>();
const followings = new Map<string, Following>();

const isProgram = ({ language }: Unit) => language === "ts" || language === "tsx";

beforeAll(async () => {
  pages = await openPages();
  place = await openPlace([["https://shop.example", pages.origin]]);
  for (const { path, units } of documents) {
    const ports = units.flatMap(({ notes }) => notes["stays"] ?? []);
    const guide = await openGuide(path, ports, place);
    guides.set(path, guide);
    for (const unit of units.filter(isProgram)) await writeProgram(unit, guide);
  }
  // All at once: the compiler reads the packages' types once.
  const faults = await checkTypes(place.directory);
  for (const [path, guide] of guides) followings.set(path, { place, pages, guide, faults, printed: "" });
});

afterAll(async () => {
  for (const guide of guides.values()) await guide.close();
  await place?.close();
  await pages?.close();
});

// A document has a directory and a shell of its own; its blocks follow one another.
describe.concurrent.each(documents)("$path", ({ path, units }) => {
  test.each(units.map((unit) => ({ ...unit, extent: extentOf(unit) })))(
    "$language, line $lines: $extent",
    { concurrent: false },
    async (unit) => {
      const following = followings.get(path);
      if (!following) expect.fail("nobody follows this document");
      await runUnit(unit, following);
    },
  );
});
