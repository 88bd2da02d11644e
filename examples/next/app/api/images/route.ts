import { RateLimitError, ValidationError } from "@bluehour/client";
import { connect } from "../../../lib/connect";
import { openRecord } from "../../../lib/image-records";

/**
 * Creates a job, and answers its id. Whoever sends the same Idempotency-Key again, because the answer was lost or the
 * button was pressed twice, gets the same job.
 */
export async function POST(request: Request): Promise<Response> {
  const { prompt }: { prompt?: unknown } = await request.json().catch(() => ({}));
  if (typeof prompt !== "string") return refuse(400, "A prompt is missing");
  const idempotencyKey = request.headers.get("Idempotency-Key") ?? undefined;
  try {
    const { id } = await connect().v1.aiImageGenerator.create(
      { name: prompt, image_count: 1, orientation: "landscape", style: { prompt } },
      { idempotencyKey },
    );
    await openRecord({ id, prompt });
    return Response.json({ id }, { status: 202 });
  } catch (error) {
    if (error instanceof ValidationError) return refuse(400, error.message);
    if (error instanceof RateLimitError) return refuse(429, "Too many at a time: try again in a minute");
    // Our token, our credits, our network: nothing that a visitor could mend.
    console.error(error);
    return refuse(503, "Nothing can be painted right now");
  }
}

function refuse(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
