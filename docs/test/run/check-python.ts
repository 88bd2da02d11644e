import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClient } from "@bluehour/client";
import { expect } from "vitest";

interface PythonCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** What the SDK keeps to itself: all else that a call is given is the body of its request. */
const OPTIONS = new Set(["wait_for_completion", "download_outputs", "download_directory"]);

/**
 * Magic Hour's Python package is not to be had where tests reach npm alone. So a program of it is compiled, and the
 * requests that its calls stand for, whose fields are the arguments, are sent to the Worker.
 */
export async function checkPython(
  path: string,
  { url, token }: { url: string; token: string },
): Promise<void> {
  const { stdout } = await promisify(execFile)("python3", [join(import.meta.dirname, "read-calls.py"), path]);
  const calls: PythonCall[] = JSON.parse(stdout);
  expect(calls.length).toBeGreaterThan(0);
  const { rpc } = createClient({ baseUrl: url, token });
  for (const { name, arguments: given } of calls) {
    const json = Object.fromEntries(Object.entries(given).filter(([key]) => !OPTIONS.has(key)));
    // The Worker is to say whether it is one: that is the test.
    const body = { json: json as never };
    switch (name.replace(/^.*\.v1\./, "")) {
      case "ai_image_generator.generate":
      case "ai_image_generator.create":
        expect(await (await rpc.v1["ai-image-generator"].$post(body)).json()).toHaveProperty("id");
        break;
      case "ai_image_editor.generate": {
        // The SDK uploads what is a local path; the Worker is told an address instead.
        const edit = { ...json, assets: { image_file_paths: [`${url}/cat.png`] } };
        expect(await (await rpc.v1["ai-image-editor"].$post({ json: edit as never })).json()).toHaveProperty(
          "id",
        );
        break;
      }
      case "image_projects.get":
      case "image_projects.check_result":
      case "image_projects.delete":
        expect(Object.keys(given)).toContain("id");
        break;
      default:
        expect.fail(`no rule knows what ${name} asks of the Worker`);
    }
  }
}
