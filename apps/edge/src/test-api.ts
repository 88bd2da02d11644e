import { exports } from "cloudflare:workers";
import type { Created, ErrorBody, Project, Timeline } from "@bluehour/contract";

const HEADERS = { Authorization: "Bearer admin-token", "Content-Type": "application/json" };

/** Calls the Worker as a caller would. */
export function call(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(
    new Request(`https://bluehour.test${path}`, { ...init, headers: { ...HEADERS, ...init.headers } }),
  );
}

/** Creates a job. Faults of the fake upstream are asked for in the prompt. */
export async function create(
  prompt: string,
  change: object = {},
  headers: HeadersInit = {},
): Promise<Created> {
  const body = JSON.stringify({ image_count: 1, style: { prompt }, ...change });
  const response = await call("/v1/ai-image-generator", { method: "POST", body, headers });
  if (response.status !== 200) throw new Error(await response.text());
  return response.json<Created>();
}

/** Waits for the end of a job. */
export async function ended(id: string): Promise<Project> {
  const response = await call(`/v1/image-projects/${id}`, { headers: { Prefer: "wait=25" } });
  return response.json<Project>();
}

export async function timelineOf(id: string): Promise<Timeline["items"]> {
  return (await (await call(`/v1/image-projects/${id}/timeline`)).json<Timeline>()).items;
}

export async function errorOf(response: Response): Promise<ErrorBody & { status: number }> {
  return { ...(await response.json<ErrorBody>()), status: response.status };
}

/** The events of a job, as they come. Ends with the stream. */
export async function* eventsOf(
  id: string,
  headers: HeadersInit = {},
): AsyncGenerator<{ id: number; project: Project }, void> {
  const response = await call(`/v1/image-projects/${id}/events`, { headers });
  if (response.status !== 200 || !response.body) throw new Error(`Answered ${response.status}`);
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, eventId, data] = /^id: (\d+)\nevent: project\ndata: (.+)$/.exec(block) ?? [];
      if (data) yield { id: Number(eventId), project: JSON.parse(data) };
      else if (!block.startsWith(":")) throw new Error(`Not an event: ${block}`);
    }
  }
}
