import { type Answer, answerWithFault, type Exchange } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import { ofCall, ofType } from "./fault.ts";
import { takeFrom } from "./fault-book.ts";
import type { Project } from "./project.ts";

const DAY_MS = 24 * 3600 * 1000;
const NOT_FOUND: Answer = { status: 404, body: { message: "Not Found" } };

/** `GET /v1/image-projects/{id}` */
export function getProject(state: FakeState, exchange: Exchange, id: string): void {
  const project = state.projects.get(id);
  const fault = takeFrom([project?.faults, state.scripted], ofCall("poll"));
  answerWithFault(exchange, fault, () => {
    if (!project?.isKnown) return NOT_FOUND;
    const complete = project.status(state.now()) === "complete";
    return {
      status: 200,
      body: project.view(state.now(), complete ? mintDownloads(state, exchange, project) : []),
    };
  });
}

/** `DELETE /v1/image-projects/{id}` */
export function deleteProject(state: FakeState, exchange: Exchange, id: string): void {
  const project = state.projects.get(id);
  const fault = takeFrom([project?.faults, state.scripted], ofCall("delete"));
  answerWithFault(exchange, fault, () => {
    if (!project?.isKnown) return NOT_FOUND;
    project.deleted = true;
    return { status: 204 };
  });
}

function mintDownloads(state: FakeState, { request }: Exchange, project: Project) {
  const expired = takeFrom([project.faults, state.scripted], ofType("expired-url")) !== undefined;
  const token = project.mintToken(expired ? "expired" : "good");
  const expiresAt = new Date(state.now() + DAY_MS).toISOString();
  return Array.from({ length: project.imagesMade }, (_, index) => ({
    url: `http://${request.headers.host}/images/${project.id}/${index}.png?token=${token}`,
    expires_at: expiresAt,
  }));
}
