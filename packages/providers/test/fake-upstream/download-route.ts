import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { answerWithFault, type Exchange } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import { type BodyFault, isBodyFault, ofCall, ofType } from "./fault.ts";
import { takeFrom } from "./fault-book.ts";
import type { Job } from "./job.ts";
import { largePngLength, paintLargePng, paintPng } from "./png.ts";
import { refusal } from "./take-submit.ts";

const DAY_MS = 24 * 3600 * 1000;

/** Addresses of a job's images, new ones at each call. Those that a fault makes expired answer 403. */
export function mintDownloads(state: FakeState, { request }: Exchange, job: Job) {
  const expired = takeFrom([job.faults, state.scripted], ofType("expired-url")) !== undefined;
  const token = job.mintToken(expired ? "expired" : "good");
  const expiresAt = new Date(state.now() + DAY_MS).toISOString();
  return Array.from({ length: job.imagesMade }, (_, index) => ({
    url: `http://${request.headers.host}/images/${encodeURIComponent(job.id)}/${index}.png?token=${token}`,
    expires_at: expiresAt,
  }));
}

/** `GET /images/{job}/{index}.png?token=` */
export function downloadImage(state: FakeState, exchange: Exchange, id: string, index: number): void {
  const job = state.jobs.get(id);
  const fault = takeFrom([job?.faults, state.scripted], ofCall("download"));
  answerWithFault(exchange, fault, () => {
    if (job === undefined || job.deleted || index >= job.imagesMade) {
      return refusal(exchange, 404, "Not Found");
    }
    if (!job.accepts(exchange.url.searchParams.get("token"))) {
      return refusal(exchange, 403, "Request has expired");
    }
    sendImage(state, exchange, job, index);
    return undefined;
  });
}

/** An image as base64, for providers that answer with it. */
export function inlineImage(state: FakeState, job: Job, index: number): string {
  const png = paintPng(job.picture(index));
  const sha256 = createHash("sha256").update(png).digest("hex");
  state.images.push({
    atMs: state.now(),
    projectId: job.id,
    index,
    sha256,
    bytes: png.length,
    intact: true,
  });
  return Buffer.from(png).toString("base64");
}

/** Sends an image, in the way the next fitting fault wants. */
export function sendImage(state: FakeState, { request, response }: Exchange, job: Job, index: number): void {
  const fault: BodyFault | undefined = takeFrom([job.faults, state.scripted], isBodyFault);
  const picture = job.picture(index);
  const record = (sha256: string, bytes: number, intact: boolean): void => {
    state.images.push({ atMs: state.now(), projectId: job.id, index, sha256, bytes, intact });
  };

  if (fault?.type === "body-large") {
    const bytes = largePngLength(picture, fault.mebibytes);
    const hash = createHash("sha256");
    response.writeHead(200, { "content-type": "image/png", "content-length": String(bytes) });
    Readable.from(hashed(paintLargePng(picture, fault.mebibytes), hash))
      .on("end", () => record(hash.digest("hex"), bytes, true))
      .pipe(response);
    return;
  }

  const png = paintPng(picture);
  const half = png.subarray(0, Math.floor(png.length / 2));
  record(createHash("sha256").update(png).digest("hex"), png.length, !isDamaging(fault));
  switch (fault?.type) {
    case undefined:
      response.writeHead(200, { "content-type": "image/png", "content-length": String(png.length) });
      response.end(png);
      return;
    case "body-chunked":
      response.writeHead(200, { "content-type": "image/png" });
      response.write(half);
      response.end(png.subarray(half.length));
      return;
    case "body-short":
      response.writeHead(200, { "content-type": "image/png", "content-length": String(png.length) });
      response.write(half, () => request.socket.destroy());
      return;
    case "body-truncated":
      response.writeHead(200, { "content-type": "image/png", "content-length": String(half.length) });
      response.end(half);
      return;
    case "body-html":
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<!doctype html><title>Just a moment...</title>");
  }
}

function isDamaging(fault: BodyFault | undefined): boolean {
  return fault !== undefined && fault.type !== "body-chunked";
}

function* hashed(chunks: Iterable<Uint8Array>, hash: ReturnType<typeof createHash>): Generator<Uint8Array> {
  for (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}
