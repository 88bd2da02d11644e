import {
  AuthenticationError,
  type BluehourClient,
  BluehourError,
  InsufficientCreditsError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  ServerError,
  ValidationError,
} from "@bluehour/client";

/** Calls that the client has as `rpc` only. */

const KINDS: Record<number, typeof BluehourError> = {
  400: ValidationError,
  401: AuthenticationError,
  402: InsufficientCreditsError,
  403: AuthenticationError,
  404: NotFoundError,
  413: ValidationError,
  415: ValidationError,
  422: ValidationError,
  429: RateLimitError,
};

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: Headers;
  json(): Promise<unknown>;
}

async function success<R extends Answer>(asking: Promise<R>): Promise<Extract<R, { ok: true }>> {
  const response = await asking.catch((cause) => {
    throw new NetworkError("No answer", { cause });
  });
  // `ok` is what tells the members of the union apart.
  if (response.ok) return response as Extract<R, { ok: true }>;
  const { message, code, issues } = Object(await response.json().catch(() => null));
  const Kind = KINDS[response.status] ?? (response.status < 500 ? BluehourError : ServerError);
  throw new Kind(`${message}`, {
    status: response.status,
    code,
    requestId: response.headers.get("x-request-id") ?? undefined,
    ...(Array.isArray(issues) ? { issues } : {}),
  });
}

export async function listProjects({ rpc }: BluehourClient, cursor: string | null) {
  const query = { limit: "24", ...(cursor ? { cursor } : {}) };
  return (await success(rpc.v1["image-projects"].$get({ query }))).json();
}

export async function readAccount({ rpc }: BluehourClient) {
  return (await success(rpc.v1.account.$get())).json();
}
export type Account = Awaited<ReturnType<typeof readAccount>>;

export async function readTimeline({ rpc }: BluehourClient, id: string) {
  return (await success(rpc.v1["image-projects"][":id"].timeline.$get({ param: { id } }))).json();
}

export async function uploadImages({ rpc }: BluehourClient, files: readonly File[]): Promise<string[]> {
  const items = files.map((file) => ({ type: "image" as const, extension: extensionOf(file) }));
  const places = await (await success(rpc.v1.files["upload-urls"].$post({ json: { items } }))).json();
  return Promise.all(
    places.items.map(async ({ upload_url, file_path }, index) => {
      await success(fetch(upload_url, { method: "PUT", body: files[index] ?? null }));
      return file_path;
    }),
  );
}

export async function createEdit(
  { rpc }: BluehourClient,
  json: Parameters<(typeof rpc.v1)["ai-image-editor"]["$post"]>[0]["json"],
) {
  return (await success(rpc.v1["ai-image-editor"].$post({ json }))).json();
}

function extensionOf({ type }: File): string {
  return type.replace("image/", "") || "png";
}
