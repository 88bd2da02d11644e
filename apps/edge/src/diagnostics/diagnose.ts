import type { Diagnostics } from "@bluehour/contract";
import packageJson from "../../package.json" with { type: "json" };
import type { Bindings } from "../bindings.ts";
import { listModels } from "../list-models.ts";
import { isPublicUrl } from "../outbound/host-guard.ts";
import type { Settings } from "../settings.ts";
import { toTimestamp } from "../timestamp.ts";
import { checkBucket } from "./check-bucket.ts";
import { checkObjects } from "./check-objects.ts";
import { checkProviders } from "./check-providers.ts";
import { checkSecrets } from "./check-secrets.ts";
import { checkSettings } from "./check-settings.ts";

interface Place {
  /** Of the request. */
  readonly origin: string;
  /** Without a slash at the end. */
  readonly imagesUrl: string;
  readonly now: () => number;
}

/** What the Worker can see of itself. Nothing of it costs money, or is seen by anybody's customers. */
export async function diagnose(
  bindings: Bindings,
  settings: Settings,
  { origin, imagesUrl, now }: Place,
): Promise<Diagnostics> {
  // An address that is reached by http is public all the same.
  const isPublic = isPublicUrl(new URL(origin.replace(/^http:/, "https:")));
  const [objects, bucket, providers] = await Promise.all([
    checkObjects(bindings),
    checkBucket(bindings.IMAGES, now()),
    checkProviders(settings, { isPublic, now }),
  ]);
  return {
    version: packageJson.version,
    // Last of all, so that whoever compares clocks need not know how long the rest took.
    at: toTimestamp(now()),
    public_url: settings.publicUrl ?? null,
    images_url: imagesUrl,
    probe: bucket.probe,
    checks: [
      ...checkSecrets(settings, isPublic),
      ...checkSettings(settings, listModels(settings).items, isPublic),
      ...objects,
      bucket.check,
      ...providers,
    ],
  };
}
