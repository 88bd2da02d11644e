/** The smallest honest files of each format, 3 × 2 pixels, for tests. */
const BASE64 = {
  png: "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEElEQVQImWOQs6mAIAY4CwAvMATtXRlzugAAAABJRU5ErkJggg==",
  jpg: "/9j/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQFxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABQb/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCRAKgQ/9k=",
  webp: "UklGRjYAAABXRUJQVlA4ICoAAACQAQCdASoDAAIAAUAmJaACdLoAA5gA/vfEX/8bx4FeS7K/+tQjDmQgAAA=",
  avif: "AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAANZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAAA+gABAAAAAAAAACQAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABhdjAxAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAAAMAAAACAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAsbWRhdBIACgg4BCtICGg0gDIWGUJjBMAANAAAkEDJHGFEpxSzZxFdgA==",
  gif: "R0lGODlhAwACAIAAAExpcR48eCH5BAUAAAAALAAAAAADAAIAAAICjF8AOw==",
};

export const SAMPLE_FORMATS = Object.keys(BASE64) as (keyof typeof BASE64)[];

export function sampleImage(format: keyof typeof BASE64): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(BASE64[format]);
}

/** A PNG of at least so many bytes: the sample with private chunks in front of its end. */
export function largePng(bytes: number): Uint8Array<ArrayBuffer> {
  const sample = sampleImage("png");
  const end = sample.subarray(-12);
  const start = sample.subarray(0, -12);
  const file = new Uint8Array(bytes + 12);
  file.set(start);
  const padding = bytes - start.length - 12;
  const view = new DataView(file.buffer);
  view.setUint32(start.length, padding);
  file.set(new TextEncoder().encode("zzZz"), start.length + 4);
  for (let index = start.length + 8; index < start.length + 8 + padding; index += 1) file[index] = index * 31;
  file.set(end, file.length - 12);
  return file;
}

/** Streams bytes in pieces, as a network does. */
export function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset + size));
      offset += size;
    },
  });
}
