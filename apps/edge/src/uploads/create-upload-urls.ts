import type { UploadUrls, UploadUrlsRequest } from "@bluehour/contract";
import type { Settings } from "../settings.ts";
import { newUploadPath, uploadLink } from "./upload-link.ts";

/** How long an upload URL is good for, in milliseconds. */
const UPLOAD_URL_LIFETIME_MS = 3_600_000;

/**
 * Signed addresses to upload files to, in the order asked for.
 *
 * @param now - milliseconds since the Unix epoch
 */
export async function createUploadUrls(
  { items }: UploadUrlsRequest,
  settings: Settings,
  { accountId, origin, now }: { accountId: string; origin: string; now: number },
): Promise<UploadUrls> {
  const expiresAt = now + UPLOAD_URL_LIFETIME_MS;
  return {
    items: await Promise.all(
      items.map(async ({ extension }) => {
        const path = newUploadPath(accountId, extension);
        const link = { origin: settings.publicUrl ?? origin, path, expiresAt };
        return {
          upload_url: await uploadLink(settings, "upload", link),
          expires_at: new Date(expiresAt).toISOString(),
          file_path: path,
        };
      }),
    ),
  };
}
