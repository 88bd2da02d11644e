import { type ImageCall, type ProviderContext, ProviderError } from "@bluehour/core";
import { decode, encode } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import { describe, expect, it } from "vitest";
import { createSketch } from "./sketch.ts";

type Rgb = readonly [number, number, number];
const RED: Rgb = [220, 30, 30];
const BLUE: Rgb = [30, 30, 220];

/** Left one colour, right another. */
function halves(width: number, height: number, channels: number, ink: (left: boolean) => readonly number[]) {
  const data = new Uint8Array(width * height * channels);
  for (let at = 0; at < width * height; at++) data.set(ink(at % width < width / 2), at * channels);
  return data;
}
const png = (width = 200, height = 100) =>
  encode({ width, height, channels: 3, data: halves(width, height, 3, (left) => (left ? RED : BLUE)) });
const jpeg = () => {
  const data = halves(200, 100, 4, (left) => [...(left ? RED : BLUE), 255]);
  return Uint8Array.from(encodeJpeg({ width: 200, height: 100, data }, 90).data);
};

/** Edits an image that stands at the input's address. @returns the edited ones, decoded */
async function edit(input: Uint8Array<ArrayBuffer>, change: Partial<ImageCall> = {}) {
  const sketch = createSketch({ renderMs: 0 });
  const context: ProviderContext = {
    fetch: async () => new Response(input),
    now: () => 0,
    signal: new AbortController().signal,
    idempotencyKey: "part-1",
  };
  const call: ImageCall = {
    model: "default",
    prompt: "at dawn",
    tool: "general",
    qualityMode: "standard",
    aspectRatio: "1:1",
    resolution: "640px",
    count: 1,
    firstIndex: 0,
    seed: 7,
    inputs: [{ url: "https://inputs.example/cat", reachable: false }],
    ...change,
  };
  const submitted = await sketch.submit(call, context);
  if (submitted.status !== "running") throw new Error("done at once");
  const polled = await sketch.poll?.(JSON.parse(JSON.stringify(submitted.operation)), context);
  if (polled?.status !== "done") throw new Error("not done");
  return Promise.all(
    polled.images.map(async (image) =>
      decode(await new Response("bytes" in image ? image.bytes : null).bytes()),
    ),
  );
}

/** How much redder than blue a place is. */
function warmth({ width, data, channels }: Awaited<ReturnType<typeof edit>>[number], x: number, y: number) {
  const at = (Math.floor(y) * width + Math.floor(x)) * channels;
  return (data[at] ?? 0) - (data[at + 2] ?? 0);
}

describe("an edit by sketch", () => {
  it.each([
    ["a PNG", png()],
    ["a JPEG", jpeg()],
    ["a large PNG", png(3000, 1500)],
    ["a PNG of one pixel a half", png(2, 1)],
  ])("works from the input image: %s", async (_, input) => {
    const [picture] = await edit(Uint8Array.from(input));
    if (!picture) throw new Error("no picture");
    expect([picture.width, picture.height]).toEqual([640, 640]);
    expect(warmth(picture, 100, 320) - warmth(picture, 540, 320)).toBeGreaterThan(80);
  });

  it("takes the colours of the prompt", async () => {
    const [dawn] = await edit(Uint8Array.from(png()), { prompt: "at dawn" });
    const [night] = await edit(Uint8Array.from(png()), { prompt: "at night" });
    expect(night?.data).not.toEqual(dawn?.data);
  });

  it("paints as many as asked, each its own", async () => {
    const [first, second, third] = await edit(Uint8Array.from(png()), { count: 3 });
    expect(first?.data).not.toEqual(second?.data);
    expect(third?.width).toBe(640);
  });

  it("paints over white what is transparent, and grey in greys", async () => {
    const clear = encode({ width: 4, height: 4, channels: 4, data: new Uint8Array(64) });
    const grey = encode({ width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(255) });
    const [[one], [other]] = await Promise.all([edit(Uint8Array.from(clear)), edit(Uint8Array.from(grey))]);
    expect(one?.data).toEqual(other?.data);
  });

  it.each([
    ["what is no image", new TextEncoder().encode("<svg/>")],
    ["a cut PNG", png().slice(0, 60)],
    [
      "more pixels than fit",
      encode({ width: 12_700, height: 1_000, channels: 1, data: new Uint8Array(12_700_000) }),
    ],
  ])("rejects %s", async (_, input) => {
    await expect(edit(Uint8Array.from(input))).rejects.toMatchObject({
      name: ProviderError.name,
      kind: "rejected",
    });
  });
});
