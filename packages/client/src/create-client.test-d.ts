// Checked by tsc alone: each line below `@ts-expect-error` must not compile, and everything else must.

import type { ApiErrorCode, Model } from "@bluehour/contract";
import { expectTypeOf } from "vitest";
import {
  BluehourError,
  createClient,
  type Delivery,
  GenerationFailedError,
  type Project,
  type ProjectStatus,
  ValidationError,
  verifyWebhook,
} from "./node/index.ts";

const { v1, rpc } = createClient({ baseUrl: "http://localhost", token: "t" });
const { generate, create } = v1.aiImageGenerator;

// @ts-expect-error a misspelt field
create({ image_count: 1, style: { prompt: "p" }, orientaton: "landscape" });
// @ts-expect-error a misspelt field further down
create({ image_count: 1, style: { promt: "p" } });
// @ts-expect-error a misspelt tool
create({ image_count: 1, style: { prompt: "p", tool: "ai-anime-genrator" } });
// @ts-expect-error a count that is not a number
create({ image_count: "1", style: { prompt: "p" } });
// @ts-expect-error a prompt is required
generate({ image_count: 1, style: {} });
// @ts-expect-error a shape that does not exist
generate({ image_count: 1, style: { prompt: "p" }, aspect_ratio: "4:3" });
// @ts-expect-error a misspelt option
generate({ image_count: 1, style: { prompt: "p" } }, { downloadDir: "outputs" });
// @ts-expect-error an edit works from images
v1.aiImageEditor.create({ style: { prompt: "p" } });
// @ts-expect-error a misspelt field further down
v1.aiImageEditor.create({ style: { prompt: "p" }, assets: { image_paths: ["cat.png"] } });
// @ts-expect-error neither a path nor bytes
v1.files.uploadFile(7);
// @ts-expect-error an event that does not exist
v1.webhooks.create({ url: "https://example.com", events: ["image.done"] });
// @ts-expect-error a status that does not exist
v1.imageProjects.list({ status: "done" });
// @ts-expect-error a scope that no browser token has
v1.account.tokens.create({ scopes: ["admin"], expires_in: 60 });
// @ts-expect-error jobs are named by an object, as in Magic Hour's SDK
v1.imageProjects.get("job1");
// @ts-expect-error the token is required
createClient({ baseUrl: "http://localhost" });
// @ts-expect-error rpc checks bodies too
rpc.v1["ai-image-generator"].$post({ json: { image_count: 1, style: { prompt: "p", tool: "x" } } });

const result = await generate(
  { image_count: 1, orientation: "landscape", style: { prompt: "Cool image", tool: "ai-anime-generator" } },
  { onProgress: (project) => expectTypeOf(project).toEqualTypeOf<Project>() },
);
expectTypeOf(result.downloaded_paths).toEqualTypeOf<string[]>();
expectTypeOf(result.files).toEqualTypeOf<File[]>();
expectTypeOf(result.status).toEqualTypeOf<ProjectStatus>();
expectTypeOf(result.credits_charged).toEqualTypeOf<number>();
expectTypeOf(result.downloads[0]?.sha256).toEqualTypeOf<string | undefined>();
expectTypeOf(result.error?.code).not.toEqualTypeOf<string | undefined>();

const job = rpc.v1["image-projects"][":id"];
const response = await job.$get({ param: { id: "job1" } });
if (response.ok) expectTypeOf(await response.json()).toEqualTypeOf<Project>();
else {
  const failure = await response.json();
  expectTypeOf(failure.message).toEqualTypeOf<string>();
  expectTypeOf(failure.code).toEqualTypeOf<ApiErrorCode>();
  // @ts-expect-error a project has fields that an error has not
  failure.downloads;
}

expectTypeOf((await v1.models.list()).items).toEqualTypeOf<Model[]>();

expectTypeOf((await v1.imageProjects.list()).items).toEqualTypeOf<Project[]>();
expectTypeOf(await v1.files.uploadFile("cat.png")).toEqualTypeOf<string>();
expectTypeOf((await v1.webhooks.deliveries({ id: "wh_1" })).items[0]).toEqualTypeOf<Delivery | undefined>();
expectTypeOf(await v1.webhooks.test({ id: "wh_1" })).toEqualTypeOf<void>();
expectTypeOf((await v1.account.get()).credits.balance).toEqualTypeOf<number | null>();
await v1.aiImageEditor.generate({
  style: { prompt: "p" },
  assets: { image_file_paths: ["cat.png", new Blob(), new Uint8Array()] },
});

// Nothing that reaches a user is `any`.
expectTypeOf(result).not.toBeAny();
expectTypeOf(result.error?.code).not.toBeAny();
expectTypeOf(await (await job.timeline.$get({ param: { id: "job1" } })).json()).not.toBeAny();
expectTypeOf(await (await job.cancel.$post({ param: { id: "job1" } })).json()).not.toBeAny();
for await (const project of v1.imageProjects.events({ id: "job1" })) {
  expectTypeOf(project).toEqualTypeOf<Project>();
}
const event = await verifyWebhook({ headers: new Headers(), body: "" }, "whsec_");
if (event.type === "webhook.test") expectTypeOf(event.payload.webhook_id).toEqualTypeOf<string>();
else expectTypeOf(event.payload).toEqualTypeOf<Project>();
expectTypeOf(event.type).not.toBeAny();
try {
  await v1.imageProjects.get({ id: "job1" });
} catch (error) {
  if (error instanceof ValidationError) expectTypeOf(error.issues).not.toBeAny();
  if (error instanceof GenerationFailedError) expectTypeOf(error.project).toEqualTypeOf<Project>();
  if (error instanceof BluehourError) expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>();
}
