import * as z from "zod";
import { type Answer, answerWithFault, type Exchange, readJsonBody } from "./exchange.ts";
import type { FakeState, SubmitRecord } from "./fake-state.ts";
import { type Fault, isJobFault, ofCall } from "./fault.ts";
import { FaultBook, takeFrom } from "./fault-book.ts";
import { faultsOfPrompt } from "./fault-markers.ts";
import { Project, type ProjectRequest } from "./project.ts";
import { editorSchema, generatorSchema } from "./request-schemas.ts";

const promptSchema = z.object({ style: z.object({ prompt: z.string() }) });

/** `POST /v1/ai-image-generator` and `/v1/ai-image-editor`. */
export async function submitProject(state: FakeState, exchange: Exchange): Promise<void> {
  const body = await readJsonBody(exchange);
  const record: SubmitRecord = {
    atMs: state.now(),
    path: exchange.url.pathname,
    body,
    headers: exchange.request.headers,
    projectId: null,
    credits: 0,
    fault: null,
  };
  state.submits.push(record);

  const prompt = promptSchema.safeParse(body).data?.style.prompt ?? "";
  const isSubmitFault = ofCall("submit");
  let marked: Fault[];
  try {
    marked = faultsOfPrompt(prompt);
  } catch (error) {
    answerWithFault(exchange, undefined, () => ({ status: 400, body: { message: String(error) } }));
    return;
  }
  const ofPrompt = state.byPrompt.get(prompt) ?? new FaultBook(marked.filter(isSubmitFault));
  state.byPrompt.set(prompt, ofPrompt);
  const fault = takeFrom([ofPrompt, state.scripted], isSubmitFault);
  record.fault = fault?.type ?? null;

  answerWithFault(exchange, fault, () => {
    const request = exchange.url.pathname.endsWith("editor")
      ? editorRequest(state, body)
      : generatorRequest(body);
    if ("status" in request) return request;
    const project = new Project(request, {
      createdMs: state.now(),
      renderMs: state.renderMs,
      faults: [...marked.filter((other) => !isSubmitFault(other)), ...scriptedJobFaults(state)],
    });
    state.projects.set(project.id, project);
    record.projectId = project.id;
    record.credits = project.credits;
    return {
      status: 200,
      body: { id: project.id, credits_charged: project.credits, frame_cost: project.credits },
    };
  });
}

function scriptedJobFaults(state: FakeState): Fault[] {
  const fault = state.scripted.take(isJobFault);
  return fault ? [fault] : [];
}

function generatorRequest(body: unknown): ProjectRequest | Answer {
  const parsed = generatorSchema.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const { name, image_count, aspect_ratio } = parsed.data;
  return { type: "AI_IMAGE", name: name ?? null, imageCount: image_count, aspectRatio: aspect_ratio };
}

function editorRequest(state: FakeState, body: unknown): ProjectRequest | Answer {
  const parsed = editorSchema.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const { name, image_count, aspect_ratio, assets } = parsed.data;
  const missing = assets.image_file_paths.find(
    (path) => !path.startsWith("https://") && state.uploads.get(path)?.stored === undefined,
  );
  if (missing !== undefined) return { status: 422, body: { message: `No file at '${missing}'` } };
  return { type: "AI_IMAGE_EDITOR", name: name ?? null, imageCount: image_count, aspectRatio: aspect_ratio };
}

/** 400 with what is wrong, as Magic Hour answers it. */
export function invalid(error: z.ZodError): Answer {
  const message = error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  return { status: 400, body: { message } };
}
