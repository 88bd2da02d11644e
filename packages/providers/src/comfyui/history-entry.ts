import { type Done, type Failed, ProviderError, type Running } from "@bluehour/core";
import * as z from "zod";
import { failed } from "../ask-about.ts";
import { clipMessage } from "../http-failure.ts";

const fileSchema = z.object({ filename: z.string(), subfolder: z.string().nullish(), type: z.string() });
/** One prompt in ComfyUI's history. */
export const entrySchema = z.object({
  outputs: z.record(z.string(), z.looseObject({ images: z.array(fileSchema).nullish() })),
  status: z
    .object({ status_str: z.string(), messages: z.array(z.tuple([z.string(), z.unknown()])).nullish() })
    .nullish(),
});
const executionErrorSchema = z.object({ exception_message: z.string(), node_type: z.string().nullish() });

/**
 * What has become of a prompt that has left the queue. One that is neither a success nor an error still runs.
 *
 * @param baseUrl - of the server; its `/view` serves the images
 */
export function outcomeOf(
  { outputs, status }: z.infer<typeof entrySchema>,
  baseUrl: string,
): (Running & { place: "history" }) | Done | Failed {
  const files = Object.values(outputs).flatMap(({ images }) => images ?? []);
  // Previews are "temp", and gone with the next restart.
  const kept = files.filter(({ type }) => type === "output");
  if (kept.length > 0) {
    const images = kept.map(({ filename, subfolder, type }) => ({
      url: `${baseUrl}/view?${new URLSearchParams({ filename, subfolder: subfolder ?? "", type })}`,
    }));
    return { status: "done", images };
  }
  if (status?.status_str === "success") return unavailable("ComfyUI's workflow saved no image");
  if (status?.status_str !== "error") return { status: "running", place: "history" };
  const said = status.messages?.find(([type]) => type === "execution_error")?.[1];
  const error = executionErrorSchema.safeParse(said).data;
  if (error === undefined) return unavailable("Interrupted at ComfyUI");
  return unavailable(
    clipMessage(`ComfyUI failed in ${error.node_type ?? "a node"}: ${error.exception_message}`, []),
  );
}

function unavailable(message: string): Failed {
  return failed(new ProviderError("unavailable", message));
}
