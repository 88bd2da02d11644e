import type { UploadUrls, UploadUrlsRequest } from "@bluehour/contract";
import type { Settings } from "../settings.ts";
import { newUploadPath, uploadLink } from "./upload-link.ts";

/** How long an upload URL is good for, in milliseconds. */
const UPLOAD_URL_LIFETIME_MS = 3_600_000;

interface UploadContext {
  readonly accountId: string;
  /** Where this Worker is reached, if the settings do not say. */
  readonly origin: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  /** Sees to it that files which nobody uses are deleted. */
  readonly account: { expectUploads(paths: readonly string[]): Promise<void> };
}

/**
 * Signed addresses to upload files to, in the order asked for.
 */
export async function createUploadUrls(
  { items }: UploadUrlsRequest,
  settings: Settings,
  { accountId, origin, now, account }: UploadContext,
): Promise<UploadUrls> {
  const expiresAt = now + UPLOAD_URL_LIFETIME_MS;
  const paths = items.map(({ extension }) => newUploadPath(accountId, extension));
  await account.expectUploads(paths);
  return {
    items: await Promise.all(
      paths.map(async (path) => {
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
