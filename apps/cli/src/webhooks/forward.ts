import { request as requestByHttp } from "node:http";
import { request as requestByHttps } from "node:https";
import type { ReceivedDelivery } from "./receiver.ts";

/** The Worker waits ten seconds for an answer, in milliseconds; a little less leaves time to say so. */
const ANSWER_LIMIT_MS = 9_500;

/** Headers of the connection that a delivery came by, and not of the delivery. */
const OF_CONNECTION = new Set(["host", "connection", "keep-alive", "transfer-encoding", "cf-connecting-ip"]);

/**
 * Passes a delivery on, its headers and its body byte for byte. Not by `fetch`, which adds headers of its own.
 *
 * @returns the receiver's status
 * @throws Error if there is no answer
 */
export function forward({ headers, body }: ReceivedDelivery, to: URL): Promise<number> {
  const request = to.protocol === "https:" ? requestByHttps : requestByHttp;
  const kept = Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name));
  const options = {
    method: "POST",
    headers: Object.fromEntries(kept),
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  };
  return new Promise((resolve, reject) => {
    const sending = request(to, options, (response) => {
      response.resume();
      // A status that is missing is for requests, not for answers.
      resolve(response.statusCode ?? 0);
    });
    sending.once("error", (error) => {
      const isLate = error.name === "AbortError";
      reject(
        isLate ? new Error(`no answer within ${ANSWER_LIMIT_MS / 1000} seconds`, { cause: error }) : error,
      );
    });
    sending.end(body);
  });
}
