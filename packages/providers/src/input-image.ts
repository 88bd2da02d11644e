import { type InputImage, type ProviderContext, ProviderError } from "@bluehour/core";
import { encodeBase64 } from "./base64.ts";
import { fetchAnswer } from "./http-call.ts";
import { transportFailure } from "./http-failure.ts";

/** As much as our own uploads may have: an input is held in memory once, and a Worker has 128 MB. */
const LARGEST_INPUT_BYTES = 25 * 1024 * 1024;

/**
 * Fetches an input image, for providers that want its bytes.
 *
 * @throws ProviderError; nothing is paid yet, so never with an unknown outcome
 */
export async function fetchInput(input: Pick<InputImage, "url">, context: ProviderContext): Promise<Blob> {
  const host = URL.parse(input.url)?.host ?? "The host of an input image";
  const response = await fetchAnswer(host, input.url, {}, { stakes: "free", context });
  if (!response.ok) {
    await response.body?.cancel();
    const isBusy = response.status === 408 || response.status === 429 || response.status >= 500;
    const kind = isBusy ? "unavailable" : "rejected";
    throw new ProviderError(kind, `${host} answered ${response.status} when asked for an input image`);
  }
  try {
    return await readBlob(response);
  } catch (cause) {
    throw transportFailure(host, cause, { stakes: "free", signal: context.signal });
  }
}

/**
 * What to name an input image by, for providers that fetch it themselves: its address, or all of it as a `data:`
 * address where they could not reach it, as on a developer's machine.
 *
 * @throws ProviderError as `fetchInput`
 */
async function inputAddress(input: InputImage, context: ProviderContext): Promise<string> {
  if (input.reachable) return input.url;
  const image = await fetchInput(input, context);
  return `data:${image.type};base64,${encodeBase64(new Uint8Array(await image.arrayBuffer()))}`;
}

/** The addresses of all inputs of a call; one after the other, as each may be held in memory. */
export async function inputAddresses(
  inputs: readonly InputImage[],
  context: ProviderContext,
): Promise<string[]> {
  const addresses: string[] = [];
  for (const input of inputs) addresses.push(await inputAddress(input, context));
  return addresses;
}

/** `response.blob()` that stops at the limit: a host may announce no length, or a wrong one. */
async function readBlob(response: Response): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_INPUT_BYTES)
      throw new ProviderError("rejected", "An input image is larger than 25 MiB");
    chunks.push(chunk);
  }
  return new Blob(chunks, { type: response.headers.get("content-type") ?? "" });
}
