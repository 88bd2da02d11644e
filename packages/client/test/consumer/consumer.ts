// What somebody who uses the whole client writes. Compiled against the packed types; counted, and never run.
import { createClient, GenerationFailedError, RateLimitError, ValidationError } from "@bluehour/client";
import { verifyWebhook } from "@bluehour/client/webhooks";

const bluehour = createClient({ baseUrl: "http://localhost:8787", token: "t" });

export async function generate(): Promise<string[]> {
  try {
    const result = await bluehour.v1.aiImageGenerator.generate(
      {
        image_count: 1,
        orientation: "landscape",
        style: { prompt: "Cool image", tool: "ai-anime-generator" },
      },
      { onProgress: ({ status, progress }) => console.log(status, progress), wait: "events" },
    );
    return result.downloads.map(({ url, width, height }) => `${url} ${width + height}`);
  } catch (error) {
    if (error instanceof ValidationError)
      return error.issues.map(({ path, message }) => `${path}: ${message}`);
    if (error instanceof RateLimitError) return [`${(error.retryAfterMs ?? 0) / 1000} s`];
    if (error instanceof GenerationFailedError) return [error.project.error?.message ?? ""];
    throw error;
  }
}

export async function follow(id: string): Promise<void> {
  for await (const { status } of bluehour.v1.imageProjects.events({ id })) console.log(status.toUpperCase());
}

export async function edit(file: File): Promise<string[]> {
  const file_path = await bluehour.v1.files.uploadFile(file, {
    onProgress: ({ fraction }) => console.log(fraction),
  });
  const { downloads } = await bluehour.v1.aiImageEditor.generate({
    style: { prompt: "Give it sunglasses" },
    assets: { image_file_paths: [file, file_path] },
  });
  return downloads.map(({ url }) => url);
}

export async function manage(): Promise<void> {
  const { secret } = await bluehour.v1.webhooks.create({ url: "https://example.com/hook" });
  const { token } = await bluehour.v1.account.tokens.create({ scopes: ["generate"], expires_in: 60 });
  console.log(secret, token, (await bluehour.v1.account.get()).credits.balance);
  for await (const { id } of bluehour.v1.imageProjects.listAll({ status: "complete" })) console.log(id);
}

export async function receive(request: Request): Promise<string> {
  const { type, payload } = await verifyWebhook(request, "whsec_c2VjcmV0");
  return type === "webhook.test" ? payload.webhook_id : `${type} ${payload.id}`;
}
