import { describe, expect, it } from "vitest";
import * as z from "zod";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { accepted, entry, executionError } from "../test/fixtures/comfyui/responses.ts";
import { createComfyui } from "./comfyui.ts";

const baseUrl = "http://studio.example:8188";
const comfyui = createComfyui({ baseUrl });
const operation = { prompt_id: accepted.prompt_id };
const queue = (running: string[] = [], pending: string[] = []) => {
  const items = (ids: string[]) => ids.map((id) => [1, id, {}, {}, ["9"]]);
  return Response.json({ queue_running: items(running), queue_pending: items(pending) });
};
const history = (changes: object) =>
  Response.json({ [accepted.prompt_id]: { ...entry, outputs: {}, ...changes } });

const sentSchema = z.object({ prompt_id: z.uuid(), prompt: z.record(z.string(), z.looseObject({})) });

describe("a submit", () => {
  it("fills the workflow in, numbers as numbers, under an id made of the key", async () => {
    const { context, sent } = answersInTurn(Response.json(accepted), Response.json(accepted));
    const call = callFor("dream.safetensors", {
      prompt: 'a "cat"',
      count: 2,
      firstIndex: 2,
      resolution: "640px",
    });
    expect(await comfyui.submit(call, context)).toEqual({ status: "running", operation });
    const [first, again] = [sent[0], (await comfyui.submit(call, context)) && sent[1]].map((one) =>
      sentSchema.parse(one?.body),
    );
    expect(first?.prompt_id).toBe(again?.prompt_id);
    expect(first?.prompt).toMatchObject({
      "3": { inputs: { seed: 9, steps: 25 } },
      "4": { inputs: { ckpt_name: "dream.safetensors" } },
      "5": { inputs: { width: 640, height: 640, batch_size: 2 } },
      "6": { inputs: { text: expect.stringMatching(/^a "cat"\. .*Composition: /) } },
      "7": { inputs: { text: expect.stringContaining("photograph") } },
    });
  });

  it("edits in the size that was asked for", async () => {
    const png = new Response("png", { headers: { "content-type": "image/png" } });
    const uploaded = Response.json({ name: "cat.png", subfolder: "", type: "input" });
    const { context, sent } = answersInTurn(png, uploaded, Response.json(accepted));
    const inputs = [{ url: "https://pictures.example/cat.png", reachable: true }];
    const call = callFor("dream.safetensors", { aspectRatio: "16:9", resolution: "640px", inputs });
    await comfyui.submit(call, context);
    expect(sentSchema.parse(sent[2]?.body).prompt).toMatchObject({
      "10": { class_type: "LoadImage", inputs: { image: "cat.png" } },
      "11": { class_type: "VAEEncode", inputs: { pixels: ["13", 0] } },
      "13": {
        class_type: "ImageScale",
        // What does not fit the shape is cut off on both sides, so that nothing is distorted.
        inputs: { image: ["10", 0], width: 640, height: 360, crop: "center" },
      },
    });
  });

  it("gives different parts different ids", async () => {
    const { context, sent } = answersInTurn(Response.json(accepted), Response.json(accepted));
    await comfyui.submit(callFor("default"), context);
    await comfyui.submit(callFor("default"), { ...context, idempotencyKey: "job.1.0" });
    expect(new Set(sent.map(({ body }) => sentSchema.parse(body).prompt_id)).size).toBe(2);
  });

  it("takes a workflow of the operator's own, and can do what that has a place for", async () => {
    const mine = { "1": { class_type: "Flux", inputs: { text: "art of {{prompt}}", size: "{{width}}" } } };
    const own = createComfyui({ baseUrl, workflows: { mine } });
    expect(own.describe("mine")).toMatchObject({ maxImagesPerCall: 1, capabilities: { edit: false } });
    const { context, sent } = answersInTurn(Response.json(accepted));
    await own.submit(callFor("mine", { tool: "none" }), context);
    expect(sent[0]?.body).toMatchObject({
      prompt: { "1": { inputs: { text: "art of a cat", size: 1024 } } },
    });
  });
});

describe("a look-up", () => {
  const lookUp = async (...answers: Response[]) => {
    const { context } = answersInTurn(...answers);
    return comfyui.poll?.(operation, context);
  };
  const id = accepted.prompt_id;

  it("does not ask for the history of what is in the queue", async () => {
    expect(await lookUp(queue([id]))).toEqual({ status: "running" });
    expect(await lookUp(queue([], [id]))).toEqual({ status: "running" });
  });

  it("brings the images that were saved, not the previews", async () => {
    const images = [
      { filename: "preview.png", subfolder: "", type: "temp" },
      { filename: "a b.png", subfolder: "blue/hour", type: "output" },
    ];
    expect(await lookUp(queue(), history({ outputs: { "9": { images } } }))).toEqual({
      status: "done",
      images: [{ url: `${baseUrl}/view?filename=a+b.png&subfolder=blue%2Fhour&type=output` }],
    });
  });

  it("says which node has failed", async () => {
    const status = { status_str: "error", messages: [["execution_error", executionError]] };
    expect(await lookUp(queue(), history({ status }))).toMatchObject({
      status: "failed",
      error: { kind: "unavailable", message: "ComfyUI failed in KSampler: Allocation on device" },
    });
  });
});

describe("a cancel", () => {
  it.each([
    ["running", queue([accepted.prompt_id]), "/interrupt", operation],
    ["pending", queue([], [accepted.prompt_id]), "/queue", { delete: [accepted.prompt_id] }],
  ])("stops what is %s by its name", async (_, answer, path, body) => {
    const { context, sent } = answersInTurn(answer, new Response(null));
    expect(await comfyui.cancel?.(operation, context)).toBe("canceled");
    expect(sent[1]).toMatchObject({ method: "POST", url: `${baseUrl}${path}`, body });
  });

  it("interrupts nothing while somebody else's prompt runs", async () => {
    const { context, sent } = answersInTurn(queue(["another"]), history(entry));
    expect(await comfyui.cancel?.(operation, context)).toBe("too_late");
    expect(sent.every(({ method }) => method === "GET")).toBe(true);
  });
});
