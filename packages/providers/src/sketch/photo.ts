import { ProviderError } from "@bluehour/core";
import { convertIndexedToRgb, decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import { type Layer, put } from "./canvas.ts";
import { along, type Colour, luminance, mix } from "./colour.ts";
import type { World } from "./scene.ts";

/** An image to paint from, three bytes a pixel. */
export type Photo = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };
type Decoded = Omit<Photo, "pixels"> & {
  readonly data: ArrayLike<number>;
  readonly channels: number;
  /** What full light is. */
  readonly full: number;
};

/** More would not fit a Worker's memory while it is decoded: 12 megapixels, as most phones take them. */
const MAX_PIXELS = 12_600_000;
/** Pixels of the longer edge that are kept: more than a painting shows. */
const LONGEST = 1024;
/** How far the colours of the prompt replace those of the photo. */
const GRADE = 0.55;

/** Reads a PNG or a JPEG, and makes it small. @throws ProviderError `rejected` for anything else */
export function readPhoto(bytes: Uint8Array): Photo {
  try {
    return shrink(bytes[0] === 0x89 ? readPng(bytes) : readJpeg(bytes));
  } catch (cause) {
    throw new ProviderError("rejected", "sketch edits PNG and JPEG images of up to 12 megapixels", { cause });
  }
}

function readPng(bytes: Uint8Array): Decoded {
  const head = new DataView(bytes.buffer, bytes.byteOffset);
  if (head.getUint32(16) * head.getUint32(20) > MAX_PIXELS) throw new RangeError("Too many pixels");
  const png = decodePng(bytes);
  if (png.palette)
    return { ...png, data: convertIndexedToRgb(png), channels: png.palette[0]?.length ?? 3, full: 255 };
  return { ...png, full: 2 ** png.depth - 1 };
}

function readJpeg(bytes: Uint8Array): Decoded {
  const limits = { maxResolutionInMP: MAX_PIXELS / 1e6, maxMemoryUsageInMB: 256 };
  return { ...decodeJpeg(bytes, { useTArray: true, ...limits }), channels: 4, full: 255 };
}

/** Each pixel the mean of a square, transparent ones over white. */
function shrink({ width, height, data, channels, full }: Decoded): Photo {
  const square = Math.max(1, Math.ceil(Math.max(width, height) / LONGEST));
  const [across, down] = [Math.max(1, Math.floor(width / square)), Math.max(1, Math.floor(height / square))];
  const pixels = new Uint8Array(across * down * 3);
  const coloured = channels > 2;
  const count = Math.min(square, width) * Math.min(square, height);
  for (let at = 0; at < pixels.length; at++) {
    const [pixel, channel] = [Math.floor(at / 3), at % 3];
    const [left, top] = [(pixel % across) * square, Math.floor(pixel / across) * square];
    let sum = 0;
    for (let y = top; y < Math.min(height, top + square); y++)
      for (let x = left; x < Math.min(width, left + square); x++) {
        const from = (y * width + x) * channels;
        const alpha = channels % 2 ? 1 : (data[from + channels - 1] ?? full) / full;
        sum += ((data[from + (coloured ? channel : 0)] ?? 0) / full) * alpha + 1 - alpha;
      }
    pixels[at] = (sum / count) * 255;
  }
  return { width: across, height: down, pixels };
}

/** The photo, cut to the frame around its middle, in the colours of the prompt. */
export function photograph({ width, height, ...world }: World, photo: Photo): Layer {
  const scale = Math.min(photo.width / width, photo.height / height);
  const [left, top] = [(photo.width - width * scale) / 2, (photo.height - height * scale) / 2];
  const ramp = [world.near, world.far, world.zenith, world.high, world.low, world.pale].sort(
    (one, other) => luminance(one) - luminance(other),
  );
  const at = (x: number, y: number): Colour => {
    const clip = (value: number, end: number): number => Math.max(0, Math.min(end - 1, value));
    const from = (clip(y, photo.height) * photo.width + clip(x, photo.width)) * 3;
    const [red = 0, green = 0, blue = 0] = photo.pixels.subarray(from, from + 3);
    return [red / 255, green / 255, blue / 255];
  };
  return {
    covers: 0,
    paint: (row, y) => {
      const v = top + (y + 0.5) * scale - 0.5;
      const upper = Math.floor(v);
      for (let x = 0; x < width; x++) {
        const u = left + (x + 0.5) * scale - 0.5;
        const near = Math.floor(u);
        const above = mix(at(near, upper), at(near + 1, upper), u - near);
        const below = mix(at(near, upper + 1), at(near + 1, upper + 1), u - near);
        const seen = mix(above, below, v - upper);
        put(row, x * 3, mix(seen, along(ramp, luminance(seen)), GRADE));
      }
    },
  };
}
