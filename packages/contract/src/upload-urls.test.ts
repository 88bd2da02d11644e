import { expect, test } from "vitest";
import { checkExtensions, uploadUrlsRequestSchema } from "./upload-urls.ts";

test.each([
  ["image", "mp3", "png, jpg, jpeg, jfif, webp, avif, gif"],
  ["audio", "mp4", "mp3, wav, aac, flac, webm, weba, m4a, opus, ogg, oga, aiff, amr"],
  ["video", "png", "mp4, m4v, mov, webm"],
] as const)(
  "a %s cannot be of the extension %s, and is told which there are",
  (type, extension, possible) => {
    expect(() =>
      checkExtensions({
        items: [
          { type: "image", extension: "png" },
          { type, extension },
        ],
      }),
    ).toThrow(
      expect.objectContaining({
        code: "unprocessable",
        message: `'${extension}' is an invalid ${type} extension. Possible extensions are '${possible}'`,
      }),
    );
  },
);

test("extensions may be in capitals", () => {
  const request = uploadUrlsRequestSchema.parse({ items: [{ type: "image", extension: "PNG" }] });
  expect(request.items[0]?.extension).toBe("png");
  expect(() => checkExtensions(request)).not.toThrow();
});

test.each([
  ["nothing", { items: [] }],
  ["an unknown type", { items: [{ type: "font", extension: "png" }] }],
  ["a dot", { items: [{ type: "image", extension: ".png" }] }],
  ["a path", { items: [{ type: "image", extension: "png/../x" }] }],
])("%s is no request", (_, request) => {
  expect(uploadUrlsRequestSchema.safeParse(request).success).toBe(false);
});
