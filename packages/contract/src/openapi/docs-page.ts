import { html, raw } from "hono/html";
import type { OpenApiDocument } from "./openapi-document.ts";

/** The parts of the document that the page shows; it is ours, so that they are there. */
interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly { in: string; name: string; description?: string; example?: unknown }[];
  readonly requestBody?: { readonly content: Contents };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Contents }>>;
}
type Contents = Readonly<Record<string, { readonly schema: unknown; readonly example: unknown }>>;

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882 }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
h2 { margin: 3rem 0 0; font-size: 1.1rem } code, pre { font: 13px/1.5 ui-monospace, monospace }
pre { background: var(--soft); padding: .75rem; overflow: auto; max-height: 30rem } nav li { list-style: none }
table { border-collapse: collapse; width: 100% } td { border-top: 1px solid var(--line); padding: .3rem .75rem .3rem 0; vertical-align: top }
td:first-child { white-space: nowrap } summary { cursor: pointer } .method { font-weight: 700; text-transform: uppercase }`;

/**
 * The document as a page: no script, nothing from elsewhere, readable in anything. For more there are the tools that
 * read `/openapi.json`.
 */
export function docsPage(document: OpenApiDocument) {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    // What `openApiDocument` has put together.
    Object.entries(methods as Record<string, Described>).map(([method, described]) => ({
      path,
      method,
      described,
    })),
  );
  const { title, version, description } = document.info;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} API</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<h1>${title} API <small>${version}</small></h1>
<p>${description} Send <code>Authorization: Bearer &lt;token&gt;</code>. The same for machines: <a href="/openapi.json">/openapi.json</a>, OpenAPI ${document.openapi}.</p>
<nav><ul>${operations.map(
    ({ method, path, described }) =>
      html`<li><a href="#${described.operationId}"><code><span class="method">${method}</span> ${path}</code></a> ${described.summary}</li>`,
  )}</ul></nav>
${operations.map(operationSection)}
<h2>Schemas</h2>
${Object.entries(document.components.schemas).map(
  ([name, schema]) =>
    html`<details id="schema-${name}"><summary><code>${name}</code></summary>${block(schema)}</details>`,
)}
</body>
</html>`;
}

function operationSection({
  method,
  path,
  described,
}: {
  method: string;
  path: string;
  described: Described;
}) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = described;
  return html`<section id="${operationId}">
<h2><code><span class="method">${method}</span> ${path}</code></h2>
<p>${prose(summary)}. ${prose(description ?? "")}</p>
${parameters.length === 0 ? "" : html`<table>${parameters.map(parameterRow)}</table>`}
${requestBody ? html`<h3>Body</h3>${examples(requestBody.content)}` : ""}
<h3>Answers</h3>
<table>${Object.entries(responses).map(
    ([status, response]) =>
      html`<tr><td><code>${status}</code></td><td>${prose(response.description)}${
        response.content
          ? html`<details><summary>Example</summary>${examples(response.content)}</details>`
          : ""
      }</td></tr>`,
  )}</table>
</section>`;
}

function parameterRow({
  in: place,
  name,
  description,
  example,
}: NonNullable<Described["parameters"]>[number]) {
  return html`<tr><td><code>${name}</code> (${place})</td><td>${prose(description ?? "")}${
    example === undefined ? "" : html` <code>${example}</code>`
  }</td></tr>`;
}

function examples(contents: Contents) {
  return Object.entries(contents).map(([type, { schema, example }]) => {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(referenceOf(schema))?.[1];
    return html`<p><code>${type}</code>${name ? html`: <a href="#schema-${name}">${name}</a>` : ""}</p>${block(example)}`;
  });
}

/** A text in which backticks set off code. */
function prose(text: string) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

function referenceOf(schema: unknown): string {
  return typeof schema === "object" && schema !== null && "$ref" in schema ? `${schema.$ref}` : "";
}

function block(value: unknown) {
  return html`<pre>${typeof value === "string" ? value : JSON.stringify(value, null, 2)}</pre>`;
}
