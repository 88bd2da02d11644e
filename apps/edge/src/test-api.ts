import { exports } from "cloudflare:workers";
import {
  type Account,
  type AccountToken,
  ALL_SCOPES,
  type Created,
  type ErrorBody,
  type Principal,
  type Project,
  type ProjectPage,
  type Timeline,
} from "@bluehour/contract";

/** Who holds the operator's token. */
export const OPERATOR: Principal = {
  accountId: "default",
  tokenId: null,
  scopes: ALL_SCOPES,
  confined: false,
};

const HEADERS = { Authorization: "Bearer admin-token", "Content-Type": "application/json" };

/** Where the Worker of the tests says that images are. */
export const IMAGES_URL = "https://bluehour.test/images";

/** Calls the Worker as a caller would. */
export function call(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(
    new Request(`https://bluehour.test${path}`, { ...init, headers: { ...HEADERS, ...init.headers } }),
  );
}

/** Calls that come with a token of their own. */
export function callsWith(token: string) {
  const callAs = (path: string, init: RequestInit = {}) =>
    call(path, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } });
  return {
    token,
    call: callAs,
    post: (path: string, body: unknown, headers: HeadersInit = {}) =>
      callAs(path, { method: "POST", body: JSON.stringify(body), headers }),
    /** Asks for sketches, 5 credits each. */
    create: (imageCount = 1, change: object = {}, headers: HeadersInit = {}) =>
      callAs("/v1/ai-image-generator", {
        method: "POST",
        body: JSON.stringify({
          image_count: imageCount,
          style: { prompt: "p" },
          model: "sketch/default",
          resolution: "640px",
          ...change,
        }),
        headers,
      }),
    account: async () => (await callAs("/v1/account")).json<Account>(),
    list: async (query = "") => (await callAs(`/v1/image-projects${query}`)).json<ProjectPage>(),
    ended: async (id: string) =>
      (await callAs(`/v1/image-projects/${id}`, { headers: { Prefer: "wait=25" } })).json<Project>(),
  };
}

/** An account of a test's own. */
export async function openAccount(credits: number | null = null) {
  const body = JSON.stringify({ name: "a test's own", credits });
  const opened = await (await call("/v1/admin/accounts", { method: "POST", body })).json<AccountToken>();
  return { id: opened.id, ...callsWith(opened.token) };
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
  for (;;) {
    const response = await call(`/v1/image-projects/${id}`, { headers: { Prefer: "wait=25" } });
    const project = await response.json<Project>();
    if (project.status !== "queued" && project.status !== "rendering") return project;
  }
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
