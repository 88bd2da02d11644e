import {
  type Absent,
  type CancelOutcome,
  type Done,
  type Failed,
  type Found,
  type ImageCall,
  imageSize,
  type Operation,
  type Polled,
  type Provider,
  type ProviderContext,
  ProviderError,
  type ProviderModel,
  type Running,
  type Submitted,
  shapePrompt,
} from "@bluehour/core";
import * as z from "zod";
import { forgotten } from "./ask-about.ts";
import { entrySchema, outcomeOf } from "./comfyui/history-entry.ts";
import { CHECKPOINT_WORKFLOWS, fillWorkflow, hasPlaceholder, type Workflow } from "./comfyui/workflow.ts";
import { callJson, checkKey, type HttpUpstream, readFailure, send } from "./http-call.ts";
import { fetchInput } from "./input-image.ts";

/** The checkpoint of ComfyUI's own first example: what `comfyui/default` means without a workflow of that name. */
const DEFAULT_CHECKPOINT = "v1-5-pruned-emaonly-fp16.safetensors";

const operationSchema = z.object({ prompt_id: z.string().min(1) });

/** An item is `[number, prompt_id, graph, extra_data, outputs]`. */
const itemsSchema = z.array(z.tuple([z.unknown(), z.string()], z.unknown()));
const queueSchema = z.object({ queue_running: itemsSchema, queue_pending: itemsSchema });

const historySchema = z.record(z.string(), entrySchema);

const uploadSchema = z.object({ name: z.string(), subfolder: z.string().nullish() });
const errorSchema = z
  .object({ error: z.union([z.string(), z.object({ message: z.string() })]) })
  .transform(({ error }) => (typeof error === "string" ? { message: error } : error));

/**
 * ComfyUI (https://docs.comfy.org/development/comfyui-server/comms_routes) as an upstream: asynchronous, one's own
 * machine, no key. It lets the caller name a prompt, so that one whose answer was lost can be looked up.
 *
 * @param settings - `workflows`: graphs in API format by the name of the model; other models are checkpoint files
 * @example createComfyui({ baseUrl: "http://127.0.0.1:8188" })
 */
export function createComfyui(settings: {
  baseUrl: string;
  workflows?: Readonly<Record<string, Workflow>>;
}): Provider {
  const { baseUrl, workflows = {} } = settings;
  const upstream: HttpUpstream = { name: "ComfyUI", baseUrl, headers: {}, secrets: [], errorSchema };
  const workflowOf = (model: string) => (Object.hasOwn(workflows, model) ? workflows[model] : undefined);

  /** The queue is asked first: what leaves it between the two questions is in the history by then. */
  async function lookUp(
    id: string,
    context: ProviderContext,
  ): Promise<(Running & { place: "running" | "pending" | "history" }) | Done | Failed | Absent> {
    const ask = { method: "GET", stakes: "free" } as const;
    const queue = await callJson(upstream, { ...ask, path: "/queue" }, queueSchema, context);
    const isIn = (items: z.infer<typeof itemsSchema>) => items.some(([, name]) => name === id);
    if (isIn(queue.queue_running)) return { status: "running", place: "running" };
    if (isIn(queue.queue_pending)) return { status: "running", place: "pending" };
    const path = `/history/${encodeURIComponent(id)}`;
    const history = await callJson(upstream, { ...ask, path }, historySchema, context);
    const entry = Object.hasOwn(history, id) ? history[id] : undefined;
    return entry ? outcomeOf(entry, baseUrl) : { status: "absent" };
  }

  return {
    id: "comfyui",
    describe: (model) => describe(workflowOf(model)),

    async submit(call: ImageCall, context: ProviderContext): Promise<Submitted> {
      if (call.inputs.length > 1)
        throw new ProviderError("rejected", "A workflow of ComfyUI takes one input image");
      const image = call.inputs[0] ? await uploadInput(upstream, call.inputs[0], context) : "";
      const { textToImage, imageToImage } = CHECKPOINT_WORKFLOWS;
      const workflow = workflowOf(call.model) ?? (image === "" ? textToImage : imageToImage);
      const prompt = fillWorkflow(workflow, {
        model: call.model === "default" ? DEFAULT_CHECKPOINT : call.model,
        ...shapePrompt(call),
        ...imageSize(call.aspectRatio, call.resolution),
        // Another seed for each call, or all calls of a job would paint the same.
        seed: call.seed + call.firstIndex,
        count: call.count,
        image,
      });
      const body = { prompt, prompt_id: await promptId(context), client_id: "bluehour" };
      const operation = await callJson(
        upstream,
        { method: "POST", path: "/prompt", body, stakes: "paid" },
        operationSchema,
        context,
      );
      return { status: "running", operation };
    },

    async find(_, context: ProviderContext): Promise<Found> {
      const id = await promptId(context);
      const found = await lookUp(id, context);
      if (found.status === "absent" || found.status === "done") return found;
      // One that has failed is found too: the poll that follows tells so.
      return { status: "running", operation: { prompt_id: id } };
    },

    async poll(operation: Operation, context: ProviderContext): Promise<Polled> {
      const found = await lookUp(idOf(operation), context);
      if (found.status === "absent") return forgotten(upstream);
      return found.status === "running" ? { status: "running" } : found;
    },

    /** Interrupts only what runs: a server that does not know `prompt_id` would stop somebody else's. */
    async cancel(operation: Operation, context: ProviderContext): Promise<CancelOutcome> {
      const id = idOf(operation);
      const found = await lookUp(id, context);
      if (found.status !== "running") return found.status === "absent" ? "unknown" : "too_late";
      if (found.place === "history") return "unknown";
      const stop =
        found.place === "pending"
          ? { path: "/queue", body: { delete: [id] } }
          : { path: "/interrupt", body: { prompt_id: id } };
      const response = await send(upstream, { method: "POST", ...stop, stakes: "free" }, context);
      if (!response.ok) throw await readFailure(upstream, response, "free", context);
      await response.body?.cancel();
      return "canceled";
    },

    /** It has no key: what is asked is whether it is there. */
    check: (context) => checkKey(upstream, "/system_stats", context),
  };
}

function describe(workflow: Workflow | undefined): ProviderModel {
  return {
    maxImagesPerCall: workflow && !hasPlaceholder(workflow, "count") ? 1 : 4,
    // A guess: it is the machine that decides. The pace soon knows better.
    typicalMs: 20_000,
    aspectRatios: ["1:1", "16:9", "9:16"],
    resolutions: ["auto", "640px", "1k", "2k"],
    capabilities: {
      edit: workflow === undefined || hasPlaceholder(workflow, "image"),
      callback: false,
      cancel: true,
      idempotent: false,
    },
  };
}

/** The same UUID for the same submit (version 8 of RFC 9562: a digest of our own). */
async function promptId({ idempotencyKey }: ProviderContext): Promise<string> {
  const text = new TextEncoder().encode(`bluehour/comfyui/${idempotencyKey}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`];
  return [...parts, hex.slice(20, 32)].join("-");
}

/** @returns the name that `LoadImage` knows it by */
async function uploadInput(
  upstream: HttpUpstream,
  input: ImageCall["inputs"][number],
  context: ProviderContext,
): Promise<string> {
  const form = new FormData();
  form.append("image", await fetchInput(input, context), `bluehour-${await promptId(context)}.png`);
  form.append("overwrite", "true");
  const stored = await callJson(
    upstream,
    { method: "POST", path: "/upload/image", body: form, stakes: "free" },
    uploadSchema,
    context,
  );
  return stored.subfolder ? `${stored.subfolder}/${stored.name}` : stored.name;
}

function idOf(operation: Operation): string {
  const parsed = operationSchema.safeParse(operation);
  if (!parsed.success) throw new ProviderError("unavailable", "This is no operation of ComfyUI");
  return parsed.data.prompt_id;
}
