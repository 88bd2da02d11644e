import { createHash } from "node:crypto";
import { crc32, inflateSync } from "node:zlib";
import {
  ASPECT_RATIOS,
  type ImageCall,
  imageSize,
  type ProviderContext,
  ProviderError,
  RESOLUTIONS,
} from "@bluehour/core";
import { describe, expect, it } from "vitest";
import { VOCABULARY, worldOf } from "./sketch/scene.ts";
import finishes from "./sketch/treatments.json" with { type: "json" };
import { createSketch } from "./sketch.ts";

const RENDER_MS = 800;
const STARTED_AT = Date.UTC(2026, 7, 1);

const CALL: ImageCall = {
  model: "default",
  prompt: "a lighthouse at dusk",
  tool: "general",
  qualityMode: "standard",
  aspectRatio: "16:9",
  resolution: "640px",
  count: 1,
  firstIndex: 0,
  seed: 7,
  inputs: [],
};

const contextAt = (nowMs: number): ProviderContext => ({
  fetch: () => Promise.reject(new Error("a sketch needs no network")),
  now: () => nowMs,
  signal: new AbortController().signal,
  idempotencyKey: "part-1",
});

/** Submits, and polls when it is done. */
async function paint(change: Partial<ImageCall> = {}): Promise<ReadableStream<Uint8Array>> {
  const sketch = createSketch({ renderMs: RENDER_MS });
  const submitted = await sketch.submit({ ...CALL, ...change }, contextAt(STARTED_AT));
  if (submitted.status !== "running") throw new Error("done at once");
  const operation = JSON.parse(JSON.stringify(submitted.operation));
  const polled = await sketch.poll?.(operation, contextAt(STARTED_AT + RENDER_MS));
  const image = polled?.status === "done" ? polled.images[0] : undefined;
  if (!image || !("bytes" in image) || image.bytes instanceof Uint8Array) throw new Error("no stream");
  expect(image.contentType).toBe("image/png");
  return image.bytes;
}
const paintBytes = async (change?: Partial<ImageCall>) => new Response(await paint(change)).bytes();
const digest = async (change?: Partial<ImageCall>) =>
  createHash("sha256")
    .update(await paintBytes(change))
    .digest("hex");

/** The first pieces of an image, and no more of it. */
async function paintStart(change: Partial<ImageCall>, count = 5): Promise<Uint8Array[]> {
  const reader = (await paint(change)).getReader();
  const pieces: Uint8Array[] = [];
  while (pieces.length < count) pieces.push((await reader.read()).value ?? new Uint8Array());
  await reader.cancel();
  return pieces;
}

/** Reads a PNG by the book: chunks in order, their checksums, the size and the inflated rows. */
function readPng(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: { type: string; data: Uint8Array }[] = [];
  for (let at = 8; at < bytes.length; ) {
    const length = view.getUint32(at);
    const named = bytes.subarray(at + 4, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(named));
    chunks.push({ type: Buffer.from(named.subarray(0, 4)).toString("latin1"), data: named.subarray(4) });
    at += length + 12;
  }
  const idat = chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data);
  const texts = chunks
    .filter(({ type }) => type === "tEXt")
    .map(({ data }) => Buffer.from(data).toString("latin1"));
  return {
    types: chunks.map(({ type }) => type),
    texts,
    rows: inflateSync(Buffer.concat(idat)),
    ...sizeOf(bytes),
  };
}
function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Magic Hour's tools, as the contract lists them; providers may not import it. */
const STYLE_TOOLS = `ai-anime-generator ai-art-generator ai-background-generator ai-character-generator
  ai-face-generator ai-fashion-generator ai-icon-generator ai-illustration-generator ai-interior-design-generator
  ai-landscape-generator ai-logo-generator ai-manga-generator ai-outfit-generator ai-pattern-generator
  ai-photo-generator ai-sketch-generator ai-tattoo-generator album-cover-generator animated-characters-generator
  architecture-generator book-cover-generator comic-book-generator dark-fantasy-ai disney-ai-generator
  dnd-ai-art-generator emoji-generator fantasy-map-generator graffiti-generator movie-poster-generator
  optical-illusion-generator pokemon-generator south-park-character-generator superhero-generator thumbnail-maker
  general`.split(/\s+/);

describe("sketch", () => {
  it("paints equal calls alike and others differently", async () => {
    const first = await digest();
    expect(await digest()).toBe(first);
    expect(await digest({ model: "another", count: 1 })).toBe(first);
    const others = await Promise.all([
      digest({ firstIndex: 1 }),
      digest({ seed: 8 }),
      digest({ prompt: "a lighthouse at dawn" }),
      digest({ tool: "ai-manga-generator" }),
    ]);
    expect(new Set([first, ...others]).size).toBe(5);
  });

  it("paints a PNG that can be decoded and says that it is not of an AI", async () => {
    for (const aspectRatio of ASPECT_RATIOS) {
      const png = readPng(await paintBytes({ aspectRatio }));
      const { width, height } = imageSize(aspectRatio, "640px");
      expect(png).toMatchObject({ width, height });
      expect(png.rows.length).toBe(height * (width * 3 + 1));
      expect(png.types.slice(0, 4)).toEqual(["IHDR", "tEXt", "tEXt", "IDAT"]);
      expect(png.types.at(-1)).toBe("IEND");
      expect(png.texts).toContain("Software\0Bluehour sketch");
      expect(png.texts.join()).toMatch(/Comment\0.*deterministic program.*not .*AI model/);
    }
  });

  it.each(RESOLUTIONS)("streams %s in every shape, and stops when nobody reads", async (resolution) => {
    for (const aspectRatio of ASPECT_RATIOS) {
      const pieces = await paintStart({ prompt: "Cool image", aspectRatio, resolution });
      expect(sizeOf(Buffer.concat(pieces))).toEqual(imageSize(aspectRatio, resolution));
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2 ** 20);
    }
  });

  it("runs for renderMs, and says how far it is", async () => {
    const sketch = createSketch({ renderMs: RENDER_MS });
    const submitted = await sketch.submit(CALL, contextAt(STARTED_AT));
    expect(submitted).toMatchObject({ status: "running", etaMs: RENDER_MS });
    const operation = submitted.status === "running" ? submitted.operation : null;
    const pollAt = (ms: number) => sketch.poll?.(operation, contextAt(STARTED_AT + ms));
    expect(await pollAt(-50)).toEqual({ status: "running", progress: 0, etaMs: RENDER_MS + 50 });
    expect(await pollAt(200)).toEqual({ status: "running", progress: 0.25, etaMs: 600 });
    expect(await pollAt(799)).toMatchObject({ status: "running", etaMs: 1 });
    expect(await pollAt(800)).toMatchObject({ status: "done" });
    expect(await sketch.cancel?.(operation, contextAt(STARTED_AT))).toBe("canceled");
  });

  it("fails an operation that it did not begin", async () => {
    const polled = await createSketch({ renderMs: 1 }).poll?.({ id: "x" }, contextAt(STARTED_AT));
    expect(polled).toMatchObject({ status: "failed", error: expect.any(ProviderError) });
  });

  it("describes itself", () => {
    expect(createSketch({ renderMs: RENDER_MS }).describe("anything")).toEqual({
      maxImagesPerCall: 1,
      maxImagesPerEdit: 16,
      typicalMs: RENDER_MS,
      aspectRatios: ASPECT_RATIOS,
      resolutions: RESOLUTIONS,
      capabilities: { edit: true, callback: false, cancel: true, idempotent: true },
    });
  });

  it("knows many words, in singular and plural, and each asks for something", () => {
    const canvas = { width: 100, height: 100, unit: 100 };
    const asks = (prompt: string): string => {
      const { has, dyes } = worldOf(prompt, 1, canvas);
      return JSON.stringify([VOCABULARY.filter((word) => has(word)), dyes]);
    };
    expect(new Set(VOCABULARY).size).toBe(VOCABULARY.length);
    expect(VOCABULARY.length).toBeGreaterThanOrEqual(60);
    const nothing = asks("qwertz");
    for (const word of VOCABULARY) expect(asks(`the ${word}`), word).not.toBe(nothing);
    const plurals = [
      "lighthouses",
      "mountains",
      "cities",
      "galaxies",
      "boats",
      "forests",
      "birds",
      "poppies",
      "daisies",
    ];
    for (const word of plurals) expect(asks(word), word).not.toBe(nothing);
  });

  it("has a treatment for each of the 35 tools, and at least 8 that can be told apart", async () => {
    const toolsOf = Object.values(finishes.treatments).map(({ tools }) => tools);
    expect(STYLE_TOOLS).toHaveLength(35);
    expect(toolsOf.flat().toSorted()).toEqual(STYLE_TOOLS.toSorted());
    const examples = toolsOf.map(([tool = ""]) => tool);
    const painted = new Set<string>();
    for (const tool of examples) painted.add(Buffer.concat(await paintStart({ tool }, 6)).toString("hex"));
    expect(painted.size).toBe(examples.length);
    expect(painted.size).toBeGreaterThanOrEqual(8);
  });
});
