import type { ImageCall, ProviderContext } from "@bluehour/core";
import { describe, expect, it } from "vitest";
import { createMagicHour } from "./magic-hour.ts";

const PNG = { headers: { "content-type": "image/png" } };

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A Magic Hour that gives the answers in turn, and what it was sent. */
function magicHourThatAnswers(...answers: Response[]) {
  const sent: Sent[] = [];
  const context: ProviderContext = {
    fetch: async (url, init = {}) => {
      sent.push({ url, init });
      return answers[sent.length - 1] ?? expect.fail(`unexpected call of ${url}`);
    },
    now: () => 0,
    signal: new AbortController().signal,
    idempotencyKey: "part-1",
  };
  return { magicHour: createMagicHour({ apiKey: "mhk_live_key\n" }), context, sent };
}

const call: ImageCall = {
  model: "default",
  prompt: "  a cat, untouched ",
  tool: "ai-anime-generator",
  qualityMode: "standard",
  aspectRatio: "16:9",
  resolution: "1k",
  count: 2,
  firstIndex: 0,
  seed: 1,
  inputs: [],
};

function jsonBody(sent: Sent | undefined): unknown {
  return typeof sent?.init.body === "string" ? JSON.parse(sent.init.body) : undefined;
}

describe("a generation", () => {
  it("is asked as Magic Hour's OpenAPI has it", async () => {
    const { magicHour, context, sent } = magicHourThatAnswers(
      Response.json({ id: "p1", credits_charged: 5 }),
    );
    expect(await magicHour.submit(call, context)).toEqual({ status: "running", operation: { id: "p1" } });
    expect(sent[0]?.url).toBe("https://api.magichour.ai/v1/ai-image-generator");
    expect(new Headers(sent[0]?.init.headers).get("authorization")).toBe("Bearer mhk_live_key");
    expect(jsonBody(sent[0])).toEqual({
      image_count: 2,
      model: "default",
      aspect_ratio: "16:9",
      resolution: "1k",
      style: { prompt: "  a cat, untouched ", tool: "ai-anime-generator" },
    });
  });

  it("names the quality mode only when it is pro", async () => {
    const { magicHour, context, sent } = magicHourThatAnswers(Response.json({ id: "p1" }));
    await magicHour.submit({ ...call, qualityMode: "pro" }, context);
    expect(jsonBody(sent[0])).toMatchObject({ style: { quality_mode: "pro" } });
  });
});

describe("an edit", () => {
  const input = { url: "https://pictures.example/cat", reachable: true };
  const uploadUrls = () =>
    Response.json({
      items: [{ upload_url: "https://storage.example/cat?sig=1", file_path: "api-assets/cat" }],
    });

  it("uploads its inputs first, without the key, and names their paths", async () => {
    const { magicHour, context, sent } = magicHourThatAnswers(
      new Response("png bytes", PNG),
      uploadUrls(),
      new Response(null),
      Response.json({ id: "p2" }),
    );
    await magicHour.submit({ ...call, count: 1, inputs: [input] }, context);

    const [fetched, asked, put, submitted] = sent;
    expect(fetched?.url).toBe(input.url);
    expect(jsonBody(asked)).toEqual({ items: [{ type: "image", extension: "png" }] });
    expect(put).toMatchObject({ url: "https://storage.example/cat?sig=1", init: { method: "PUT" } });
    expect(put?.init.body).toMatchObject({ size: "png bytes".length });
    for (const outside of [fetched, put]) {
      expect(new Headers(outside?.init.headers).has("authorization")).toBe(false);
    }
    expect(submitted?.url).toBe("https://api.magichour.ai/v1/ai-image-editor");
    expect(jsonBody(submitted)).toMatchObject({
      assets: { image_file_paths: ["api-assets/cat"] },
      style: { prompt: call.prompt },
    });
    expect(JSON.stringify(jsonBody(submitted))).not.toContain("tool");
  });

  it.each([
    ["is gone", [new Response(null, { status: 404 })], "rejected"],
    ["is on a host that is down", [new Response(null, { status: 500 })], "unavailable"],
    ["is no image", [Response.json({})], "rejected"],
    ["is too large", [new Response(new Uint8Array(25 * 1024 * 1024 + 1), PNG)], "rejected"],
    ["cannot be addressed", [new Response("png", PNG), new Response(null, { status: 504 })], "unavailable"],
    [
      "cannot be stored",
      [new Response("png", PNG), uploadUrls(), new Response(null, { status: 403 })],
      "unavailable",
    ],
  ])("is never of unknown outcome when an input %s", async (_, answers, kind) => {
    const { magicHour, context } = magicHourThatAnswers(...answers);
    const submitted = magicHour.submit({ ...call, inputs: [input] }, context);
    await expect(submitted).rejects.toMatchObject({ kind });
  });
});

describe("a poll", () => {
  const pollOf = async (project: object) => {
    const { magicHour, context, sent } = magicHourThatAnswers(Response.json(project));
    const polled = await magicHour.poll?.({ id: "p/1" }, context);
    expect(sent[0]?.url).toBe("https://api.magichour.ai/v1/image-projects/p%2F1");
    return polled;
  };

  it.each(["draft", "queued", "rendering", "invented-tomorrow"])("is running while %s", async (status) => {
    expect(await pollOf({ status, downloads: [], error: null })).toEqual({ status: "running" });
  });

  it("is done with the addresses of the images, in order", async () => {
    const downloads = [
      { url: "https://videos.magichour.ai/1.png" },
      { url: "https://videos.magichour.ai/2.png" },
    ];
    expect(await pollOf({ status: "complete", downloads })).toEqual({ status: "done", images: downloads });
  });

  it.each([
    ["content_policy_violation", "rejected", "content_rejected"],
    ["no_source_face", "rejected", "invalid_input"],
    ["invalid_file_format", "rejected", "invalid_input"],
    ["file_too_large", "rejected", "invalid_input"],
    ["invalid_parameters", "rejected", "invalid_input"],
    ["insufficient_credits", "unauthorized", undefined],
    ["processing_timeout", "unavailable", undefined],
    ["unknown_error", "unavailable", undefined],
    ["toString", "unavailable", undefined],
  ])("takes the error %s for %s", async (code, kind, rejection) => {
    const polled = await pollOf({ status: "error", error: { code, message: "Because" } });
    expect(polled).toMatchObject({
      status: "failed",
      error: { kind, rejection, message: `Magic Hour failed: ${code}: Because` },
    });
  });

  it.each([
    ["was canceled upstream", { status: "canceled" }],
    ["was deleted upstream", { status: "rendering", enabled: false }],
    ["completed without images", { status: "complete", downloads: [] }],
    ["failed without a reason", { status: "error" }],
  ])("is a failure to try elsewhere when it %s", async (_, project) => {
    expect(await pollOf(project)).toMatchObject({ status: "failed", error: { kind: "unavailable" } });
  });
});

describe("a cancel", () => {
  it.each([204, 404])("deletes the project and claims nothing (%i)", async (status) => {
    const { magicHour, context, sent } = magicHourThatAnswers(new Response(null, { status }));
    expect(await magicHour.cancel?.({ id: "p1" }, context)).toBe("unknown");
    expect(sent[0]?.init.method).toBe("DELETE");
  });

  it("fails when Magic Hour does", async () => {
    const { magicHour, context } = magicHourThatAnswers(new Response(null, { status: 503 }));
    await expect(magicHour.cancel?.({ id: "p1" }, context)).rejects.toMatchObject({ kind: "unavailable" });
  });
});

it("asks models whose counts have gaps for one image a call", () => {
  const magicHour = createMagicHour({ apiKey: "key" });
  expect(magicHour.describe("nano-banana-pro").maxImagesPerCall).toBe(1);
  expect(magicHour.describe("flux-schnell").maxImagesPerCall).toBe(4);
  expect(magicHour.describe("toString").maxImagesPerCall).toBe(1);
});
