import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { answerWithFault, type Exchange } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import { type BodyFault, isBodyFault, ofCall } from "./fault.ts";
import { takeFrom } from "./fault-book.ts";
import { largePngLength, paintLargePng, paintPng } from "./png.ts";
import type { Project } from "./project.ts";

/** `GET /images/{project}/{index}.png?token=`, the address a poll gave. */
export function downloadImage(state: FakeState, exchange: Exchange, id: string, index: number): void {
  const project = state.projects.get(id);
  const fault = takeFrom([project?.faults, state.scripted], ofCall("download"));
  answerWithFault(exchange, fault, () => {
    if (project === undefined || project.deleted || index >= project.imagesMade) {
      return { status: 404, body: { message: "Not Found" } };
    }
    if (!project.accepts(exchange.url.searchParams.get("token"))) {
      return { status: 403, body: { message: "Request has expired" } };
    }
    sendImage(state, exchange, project, index);
    return undefined;
  });
}

function sendImage(state: FakeState, { request, response }: Exchange, project: Project, index: number): void {
  const fault: BodyFault | undefined = takeFrom([project.faults, state.scripted], isBodyFault);
  const picture = project.picture(index);
  const record = (sha256: string, bytes: number, intact: boolean): void => {
    state.images.push({ atMs: state.now(), projectId: project.id, index, sha256, bytes, intact });
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
