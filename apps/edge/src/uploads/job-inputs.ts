import type { InputImage, InputReference, JobOrder, ProviderContext } from "@bluehour/core";
import type { Settings } from "../settings.ts";
import { uploadLink } from "./upload-link.ts";

/** Stands in for our address where there is none: no name under it exists (RFC 2606). */
const NOWHERE = "https://uploads.invalid";

/** The inputs of a job, as its provider may get them. */
export interface JobInputs {
  readonly images: readonly InputImage[];
  /** Our own files among them: address → object key. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Makes the inputs of a job available to its provider until the job's deadline. The same at every call, so that an
 * adapter may keep an address in its operation.
 */
export async function jobInputs(order: JobOrder, settings: Settings): Promise<JobInputs> {
  const origin = settings.publicUrl ?? NOWHERE;
  const files = new Map<string, string>();
  const address = async (reference: InputReference): Promise<InputImage> => {
    if ("url" in reference) return { url: reference.url, reachable: true };
    const path = reference.file;
    const url = await uploadLink(settings, "input", { origin, path, expiresAt: order.deadlineAt });
    files.set(url, path);
    return { url, reachable: settings.publicUrl !== undefined };
  };
  return { images: await Promise.all(order.image.inputs.map(address)), files };
}

/** A `fetch` that answers for our own files itself: a Worker has no way to itself over the network. */
export function fetchWithInputs(
  fetch: ProviderContext["fetch"],
  bucket: R2Bucket,
  inputs: Promise<JobInputs>,
): ProviderContext["fetch"] {
  return async (url, init) => {
    const path = (await inputs).files.get(url);
    if (path === undefined) return fetch(url, init);
    return (await serveUpload(bucket, path)) ?? new Response(null, { status: 404 });
  };
}

/** An uploaded file, for the provider that works from it. @returns null for one that does not exist (any more) */
export async function serveUpload(bucket: R2Bucket, path: string): Promise<Response | null> {
  const object = await bucket.get(path);
  if (!object) return null;
  return new Response(object.body, {
    headers: {
      "Content-Type": object.httpMetadata?.contentType ?? "application/octet-stream",
      "Content-Length": `${object.size}`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    },
  });
}
