import { describe, expect, it } from "vitest";
import { answersInTurn, callFor } from "../test/adapter-bench.ts";
import { badKey, blocked, exhausted, painted, unsafe } from "../test/fixtures/google/responses.ts";
import { createGoogle } from "./google.ts";

const google = createGoogle({ apiKey: "AIza-key" });

describe("a submit", () => {
  it("asks for an image only, in its shape and size, with the pictures beside the text", async () => {
    const png = new Response("png", { headers: { "content-type": "image/png" } });
    const { context, sent } = answersInTurn(png, Response.json(painted));
    const call = callFor("gemini-3-pro-image", {
      aspectRatio: "9:16",
      resolution: "4k",
      firstIndex: 2,
      inputs: [{ url: "https://pictures.example/a", reachable: true }],
    });
    expect(await google.submit(call, context)).toEqual({
      status: "done",
      images: [{ bytes: new TextEncoder().encode("image"), contentType: "image/png" }],
    });
    expect(sent[1]?.url).toBe(
      "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-pro-image:generateContent",
    );
    expect(sent[1]?.headers.get("x-goog-api-key")).toBe("AIza-key");
    expect(sent[1]?.body).toEqual({
      contents: [
        {
          role: "user",
          parts: [
            { text: expect.stringMatching(/^a cat\. .*Composition: /) },
            { inlineData: { mimeType: "image/png", data: "cG5n" } },
          ],
        },
      ],
      generationConfig: {
        responseModalities: ["IMAGE"],
        seed: 9,
        imageConfig: { aspectRatio: "9:16", imageSize: "4K" },
      },
    });
  });

  const answerWith = (...parts: object[]) => {
    const [candidate] = painted.candidates;
    return Response.json({ ...painted, candidates: [{ ...candidate, content: { parts } }] });
  };
  const draft = { inlineData: { mimeType: "image/png", data: "ZHJhZnQ=" } };
  const [picture] = painted.candidates[0].content.parts;

  it("takes the last picture, not the drafts before it", async () => {
    const { context } = answersInTurn(
      answerWith(draft, picture, { ...draft, thought: true }, { text: "Here it is" }),
    );
    const answer = await google.submit(callFor("gemini-3-pro-image"), context);
    expect(answer).toMatchObject({ images: [{ bytes: new TextEncoder().encode("image") }] });
  });

  it("does not know what became of a picture that is no base64", async () => {
    const { context } = answersInTurn(answerWith({ inlineData: { mimeType: "image/png", data: "%%%" } }));
    const submitted = google.submit(callFor("gemini-3-pro-image"), context);
    await expect(submitted).rejects.toMatchObject({ kind: "unknown_outcome" });
  });
});

it.each([
  ["gemini-2.5-flash-image", ["auto", "1k"]],
  ["gemini-3.1-flash-lite-image", ["auto", "1k"]],
  ["gemini-3.1-flash-image", ["auto", "1k", "2k", "4k"]],
  ["gemini-4-flash-image", ["auto", "1k", "2k", "4k"]],
])("%s paints at %j", (model, resolutions) => {
  expect(google.describe(model).resolutions).toEqual(resolutions);
});

describe("a failure", () => {
  it.each([
    ["an unsafe image", Response.json(unsafe), "rejected", "content_rejected"],
    ["a blocked prompt", Response.json(blocked), "rejected", "content_rejected"],
    [
      "no image, for no reason",
      Response.json({ candidates: [{ finishReason: "NO_IMAGE" }] }),
      "unavailable",
      undefined,
    ],
    ["a wrong key", Response.json(badKey, { status: 400 }), "unauthorized", undefined],
    [
      "the quota of a day",
      Response.json(exhausted("GenerateRequestsPerDayPerProjectPerModel"), { status: 429 }),
      "unauthorized",
      undefined,
    ],
  ])("of %s is taken for what it is", async (_, answer, kind, rejection) => {
    const { context } = answersInTurn(answer);
    const submitted = google.submit(callFor("gemini-2.5-flash-image"), context);
    await expect(submitted).rejects.toMatchObject({ kind, rejection });
  });

  it("of the quota of a minute says how long to wait", async () => {
    const answer = exhausted("GenerateRequestsPerMinutePerProjectPerModel");
    const { context } = answersInTurn(Response.json(answer, { status: 429 }));
    const submitted = google.submit(callFor("gemini-2.5-flash-image"), context);
    await expect(submitted).rejects.toMatchObject({ kind: "throttled", retryAfterMs: 34_000 });
  });
});
