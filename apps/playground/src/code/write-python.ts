import type { Wanted } from "./write-code.ts";
import { writeLiteral } from "./write-literal.ts";

/** The SDK compares `model` with a list of its own before it asks anybody. */
const MODEL_NOTE = "    # Takes Magic Hour's names only; for others use TypeScript or curl.\n";

/** With Magic Hour's official SDK, which only needs the base URL. */
export function writePython({ baseUrl, request, files }: Wanted): string {
  const resource = files.length === 0 ? "ai_image_generator" : "ai_image_editor";
  const facts = Object.entries(request).map(([name, value]) => {
    // JSON's strings and numbers are Python's as well.
    const literal = writeLiteral(
      value,
      { key: (key) => JSON.stringify(key), padding: "", width: 80 },
      "    ",
    );
    return `${name === "model" ? MODEL_NOTE : ""}    ${name}=${literal},`;
  });
  return `import os

from magic_hour import Client

client = Client(base_url=${JSON.stringify(baseUrl)}, token=os.environ["BLUEHOUR_TOKEN"])

result = client.v1.${resource}.generate(
${facts.join("\n")}
    wait_for_completion=True,
    download_outputs=True,
    download_directory="outputs",
)
print(result.downloaded_paths)
`;
}
