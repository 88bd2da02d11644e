import { randomUUID } from "node:crypto";
import { answerWithFault, type Exchange, readBytes, readJsonBody } from "./exchange.ts";
import type { FakeState } from "./fake-state.ts";
import { ofCall } from "./fault.ts";
import { uploadUrlsSchema } from "./request-schemas.ts";
import { invalid } from "./submit-routes.ts";

/** `POST /v1/files/upload-urls` */
export async function createUploadUrls(state: FakeState, exchange: Exchange): Promise<void> {
  const body = uploadUrlsSchema.safeParse(await readJsonBody(exchange));
  answerWithFault(exchange, state.scripted.take(ofCall("upload")), () => {
    if (!body.success) return { ...invalid(body.error), status: 422 };
    const items = body.data.items.map(({ extension }) => {
      const filePath = `api-assets/fake/${randomUUID()}.${extension}`;
      const signature = randomUUID();
      state.uploads.set(filePath, { signature });
      return {
        upload_url: `http://${exchange.request.headers.host}/uploads/${filePath}?signature=${signature}`,
        expires_at: new Date(state.now() + 3600 * 1000).toISOString(),
        file_path: filePath,
      };
    });
    return { status: 200, body: { items } };
  });
}

/** `PUT {upload_url}`: as picky as the storages that hand out signed addresses. */
export async function putUpload(state: FakeState, exchange: Exchange, filePath: string): Promise<void> {
  const { request, url } = exchange;
  const bytes = await readBytes(exchange);
  answerWithFault(exchange, state.scripted.take(ofCall("upload")), () => {
    const upload = state.uploads.get(filePath);
    if (upload === undefined || upload.signature !== url.searchParams.get("signature")) {
      return { status: 403, body: { message: "SignatureDoesNotMatch" } };
    }
    if (request.headers["content-length"] === undefined) {
      return { status: 411, body: { message: "MissingContentLength" } };
    }
    upload.stored = { bytes, contentType: request.headers["content-type"] };
    return { status: 200 };
  });
}
