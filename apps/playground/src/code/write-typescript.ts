import type { Wanted } from "./write-code.ts";
import { writeLiteral } from "./write-literal.ts";

/** With `@bluehour/client`, in Node. */
export function writeTypescript({ baseUrl, request, files }: Wanted): string {
  const resource = files.length === 0 ? "aiImageGenerator" : "aiImageEditor";
  return `import { createClient } from "@bluehour/client";

const bluehour = createClient({
  baseUrl: ${JSON.stringify(baseUrl)},
  token: process.env.BLUEHOUR_TOKEN ?? "",
});

const result = await bluehour.v1.${resource}.generate(
  ${writeLiteral(request, { key: (name) => name, padding: " ", width: 80 }, "  ")},
  { downloadDirectory: "outputs" },
);
console.log(result.downloaded_paths);
`;
}
