import type { IncomingMessage, ServerResponse } from "node:http";
import type { CallFault } from "./fault.ts";

/** A request and the way to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** An error as the provider words it. */
  errorBody(status: number, message: string): unknown;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON; none for 204. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The whole body of a request. */
export async function readBytes(exchange: Exchange): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of exchange.request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The body of a request as JSON; undefined if it is none. */
export async function readJsonBody(exchange: Exchange): Promise<unknown> {
  const text = (await readBytes(exchange)).toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The body of a request as a form. @throws TypeError if it is none */
export async function readForm(exchange: Exchange): Promise<FormData> {
  const headers = { "content-type": exchange.request.headers["content-type"] ?? "" };
  return new Response(new Uint8Array(await readBytes(exchange)), { headers }).formData();
}

export function sendAnswer({ response }: Exchange, { status, body, headers }: Answer): void {
  const json = body === undefined ? "" : JSON.stringify(body);
  response.writeHead(status, {
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(status === 204 ? {} : { "content-length": String(Buffer.byteLength(json)) }),
    ...headers,
  });
  response.end(json);
}

/** Does the work of a call and answers it, in the way the fault wants. */
export function answerWithFault(
  exchange: Exchange,
  fault: CallFault | undefined,
  work: () => Answer | undefined,
): void {
  const isAfter = fault !== undefined && (fault.type === "garbage" || fault.type === "cut" || fault.after);
  const answer = fault === undefined || isAfter ? work() : undefined;
  switch (fault?.type) {
    case undefined:
      // Without an answer the work has taken the exchange over.
      if (answer !== undefined) sendAnswer(exchange, answer);
      return;
    case "hang":
      return;
    case "drop":
      exchange.request.socket.destroy();
      return;
    case "cut": {
      const json = JSON.stringify(answer?.body ?? {});
      const { request, response } = exchange;
      response.writeHead(answer?.status ?? 200, {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(json)),
      });
      response.write(json.slice(0, json.length / 2), () => request.socket.destroy());
      return;
    }
    case "garbage":
      exchange.response.writeHead(200, { "content-type": "text/html" });
      exchange.response.end("<!doctype html><title>Welcome</title>");
      return;
    case "status": {
      const message = fault.message ?? "Scripted fault";
      const retryAfter = fault.retryAfterSeconds;
      sendAnswer(exchange, {
        status: fault.status,
        body: exchange.errorBody(fault.status, message),
        headers: retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
      });
    }
  }
}
