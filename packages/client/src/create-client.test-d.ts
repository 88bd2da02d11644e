// Checked by tsc alone: each line below `@ts-expect-error` must not compile, and everything else must.
import { expectTypeOf } from "vitest";
import { createClient, type Project, type ProjectStatus } from "./node/index.ts";

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

const response = await rpc.v1["image-projects"][":id"].$get({ param: { id: "job1" } });
if (response.ok) expectTypeOf(await response.json()).toEqualTypeOf<Project>();
