import { type Failed, type ProviderContext, ProviderError } from "@bluehour/core";
import type * as z from "zod";
import { type HttpUpstream, readJson, send } from "./http-call.ts";

/**
 * Asks a provider how an operation is doing.
 *
 * @returns null for a 404: the provider does not know the operation, or not any more
 * @throws ProviderError if the question failed
 */
export async function askAbout<T>(
  upstream: HttpUpstream,
  path: string,
  schema: z.ZodType<T>,
  context: ProviderContext,
): Promise<T | null> {
  const response = await send(upstream, { method: "GET", path, stakes: "free" }, context);
  if (response.status !== 404) return readJson(upstream, response, "free", schema, context);
  await response.body?.cancel();
  return null;
}

/** The end of an operation that its provider does not know any more: nothing comes of it. */
export function forgotten({ name }: HttpUpstream): Failed {
  return failed(new ProviderError("unavailable", `${name} no longer knows what it was asked to paint`));
}

/** The end of an operation without images. */
export function failed(error: ProviderError): Failed {
  return { status: "failed", error };
}
