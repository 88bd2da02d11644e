import type { Wanted } from "./write-code.ts";

const AUTHORIZATION = '-H "Authorization: Bearer $BLUEHOUR_TOKEN"';
const JSON_TYPE = '-H "Content-Type: application/json"';

/** With curl; an edit's uploads take jq too. Answers the job, complete if it takes less than a minute. */
export function writeCurl({ baseUrl, request, files }: Wanted): string {
  if (files.length === 0) {
    return `${curl(`${baseUrl}/v1/ai-image-generator`, '-H "Prefer: wait=60"')}
  -d ${quote(JSON.stringify(request, null, 2))}
`;
  }
  const items = files.map((name) => ({ type: "image", extension: extensionOf(name) }));
  const puts = files.map(
    (name, index) => `curl -sS -T ${quote(name)} "$(jq -r '.items[${index}].upload_url' <<< "$places")"`,
  );
  return `places=$(${curl(`${baseUrl}/v1/files/upload-urls`)}
  -d ${quote(JSON.stringify({ items }))})
${puts.join("\n")}
jq '${JSON.stringify(request, null, 2).replaceAll("'", "\\u0027")}
  | .assets.image_file_paths = $places.items | .assets.image_file_paths |= map(.file_path)' \\
  -n --argjson places "$places" |
${curl(`${baseUrl}/v1/ai-image-editor`, '-H "Prefer: wait=60"')}
  -d @-
`;
}

function curl(url: string, extra = ""): string {
  return `curl -sS ${url} \\
  ${AUTHORIZATION} \\
  ${JSON_TYPE}${extra && ` ${extra}`} \\`;
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function extensionOf(name: string): string {
  return /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "png";
}
