import { type BluehourClient, createClient, NotFoundError, TimeoutError } from "@bluehour/client";

interface Env {
  /** Bluehour, in the same account: called without a network, and without a public address of its own. */
  readonly BLUEHOUR: Fetcher;
  /** An account's token there. */
  readonly BLUEHOUR_TOKEN: string;
}

/** How long a visitor may be kept waiting, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Paints the covers of books. */
export default {
  async fetch(request, { BLUEHOUR, BLUEHOUR_TOKEN }) {
    const { origin, pathname } = new URL(request.url);
    const [folder, id] = pathname.slice(1).split("/");
    // Bluehour names images by where it was called, which is here, and streams them from R2. With PUBLIC_IMAGES_URL it
    // names the bucket's own domain, and this line is not needed.
    if (folder === "images") return BLUEHOUR.fetch(request);

    const bluehour = createClient({ baseUrl: origin, token: BLUEHOUR_TOKEN, fetch: BLUEHOUR });
    if (folder !== "covers") return new Response("POST /covers, GET /covers/{id}", { status: 404 });
    if (request.method === "POST") return orderCover(request, bluehour);
    return id ? showCover(id, bluehour) : new Response(null, { status: 404 });
  },
} satisfies ExportedHandler<Env>;

/** Answers as soon as the job is durable: nothing has to stay open for it to be painted. */
async function orderCover(request: Request, bluehour: BluehourClient): Promise<Response> {
  const { title }: { title?: unknown } = await request.json();
  if (typeof title !== "string") return Response.json({ message: "A title is missing" }, { status: 400 });
  const { id } = await bluehour.v1.aiImageGenerator.create(
    { name: title, image_count: 1, orientation: "portrait", style: { prompt: `The cover of ${title}` } },
    { idempotencyKey: request.headers.get("Idempotency-Key") ?? undefined },
  );
  return Response.json({ id }, { status: 202, headers: { Location: `/covers/${id}` } });
}

/** Leads to the image in R2. While it is not there, Bluehour pushes the news of it. */
async function showCover(id: string, bluehour: BluehourClient): Promise<Response> {
  try {
    const { downloads } = await bluehour.v1.imageProjects.checkResult(
      { id },
      { downloadOutputs: false, timeoutMs: PATIENCE_MS },
    );
    return new Response(null, { status: 302, headers: { Location: downloads[0]?.url ?? "/" } });
  } catch (error) {
    if (error instanceof NotFoundError) return new Response("There is no such cover", { status: 404 });
    if (error instanceof TimeoutError) return new Response("Still painting: come back", { status: 202 });
    throw error;
  }
}
