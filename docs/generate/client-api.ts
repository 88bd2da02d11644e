import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  Application,
  type Comment,
  type CommentDisplayPart,
  type DeclarationReflection,
  ReflectionKind,
  type SignatureReflection,
} from "typedoc";
import { markdownTable } from "./markdown-table.ts";

const CLIENT = join(import.meta.dirname, "../../packages/client");
const GIVEN = join(import.meta.dirname, "../test/given");

/** Functions that an example may use, and where they come from: in the source that goes without saying. */
const IMPORTS = { createClient: "@bluehour/client", verifyWebhook: "@bluehour/client/webhooks" };

/** What the client exports, from its types and what is said beside them. */
export async function clientApi(): Promise<string> {
  const application = await Application.bootstrap({
    entryPoints: ["src/node/index.ts", "src/verify-webhook.ts"].map((file) => join(CLIENT, file)),
    tsconfig: join(CLIENT, "tsconfig.json"),
    excludeExternals: true,
    sort: ["source-order"],
    logLevel: "Error",
  });
  const project = await application.convert();
  if (!project) throw new Error("The client's types cannot be read");
  const [main, webhooks] = project.children ?? [];
  const given = (await readdir(GIVEN)).map((file) => camelCase(file.replace(/\.ts$/, "")));
  const all = [...(main?.children ?? []), ...(webhooks?.children ?? [])].filter(
    (each) => !each.isReference(),
  );
  const of = (kind: ReflectionKind) => all.filter((each) => each.kindOf(kind));
  const interfaces = of(ReflectionKind.Interface).toSorted(byName);
  const hasCalls = (each: DeclarationReflection) =>
    each.children?.some(({ signatures }) => signatures) ?? false;
  return [
    "## Functions",
    ...of(ReflectionKind.Function).flatMap((each) => callsOf(each, given)),
    "## Calls",
    ...interfaces.filter(hasCalls).flatMap((each) => callsIn(each, given)),
    "## Options and results",
    ...interfaces.filter((each) => !hasCalls(each)).flatMap(propertiesOf),
    "## Types",
    ...of(ReflectionKind.TypeAlias).toSorted(byName).flatMap(aliasOf),
    "## Errors",
    errorTable(of(ReflectionKind.Class)),
    "## Values",
    ...of(ReflectionKind.Variable).flatMap((each) => [`### ${each.name}`, textOf(each.comment)]),
  ].join("\n\n");
}

const byName = (a: DeclarationReflection, b: DeclarationReflection) => (a.name < b.name ? -1 : 1);

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function callsIn(type: DeclarationReflection, given: readonly string[]): string[] {
  const calls = type.children?.filter(({ signatures }) => signatures) ?? [];
  const rest = type.children?.filter(({ signatures }) => !signatures) ?? [];
  return [
    `### ${type.name}`,
    textOf(type.comment),
    ...calls.flatMap((call) => callsOf(call, given)),
    ...(rest.length > 0 ? [propertyTable(rest)] : []),
  ].filter(Boolean);
}

function callsOf(call: DeclarationReflection, given: readonly string[]): string[] {
  const isMember = call.parent?.kindOf(ReflectionKind.Interface);
  const level = isMember ? "####" : "###";
  return (call.signatures ?? []).flatMap((signature) => [
    `${level} ${isMember ? `${call.parent?.name}.` : ""}${call.name}`,
    `\`${call.name}(${parametersOf(signature)}): ${signature.type}\``,
    textOf(signature.comment),
    ...parameterNotes(signature),
    ...tagsOf(signature.comment, given),
  ]);
}

/** What is said of parameters, which is kept with them and not with the call. */
function parameterNotes({ parameters = [] }: SignatureReflection): string[] {
  return parameters
    .filter(({ comment }) => comment)
    .map(({ name, comment }) => `\`${name}\` is ${textOf(comment)}`);
}

function parametersOf({ parameters = [] }: SignatureReflection): string {
  const isOpen = (flags: { isOptional: boolean }, fallback: unknown) =>
    flags.isOptional || fallback !== undefined;
  return parameters
    .map(({ name, type, flags, defaultValue }) => {
      const label = name.startsWith("__") ? "options" : name;
      return `${label}${isOpen(flags, defaultValue) ? "?" : ""}: ${type}`;
    })
    .join(", ");
}

function propertiesOf(type: DeclarationReflection): string[] {
  const bases = (type.extendedTypes ?? []).map((base) => `\`${base}\``);
  return [
    `### ${type.name}`,
    [textOf(type.comment), bases.length > 0 ? `All of ${bases.join(" and ")}, and:` : ""]
      .filter(Boolean)
      .join(" "),
    propertyTable((type.children ?? []).filter(({ inheritedFrom }) => !inheritedFrom)),
  ].filter(Boolean);
}

function propertyTable(properties: readonly DeclarationReflection[]): string {
  const rows = properties.map(({ name, type, flags, comment }) => [
    `\`${name}${flags.isOptional ? "?" : ""}\``,
    // `undefined` may be passed wherever something may be left out.
    `\`${`${type}`.replace(/ \| undefined$/, "")}\``,
    textOf(comment),
  ]);
  return markdownTable(["name", "type", "meaning"], rows);
}

function aliasOf({ name, type, comment, children }: DeclarationReflection): string[] {
  const fields = children ?? (type?.type === "reflection" ? type.declaration.children : undefined);
  const definition = fields ? propertyTable(fields) : `\`${type}\``;
  return [`### ${name}`, textOf(comment), definition].filter(Boolean);
}

function errorTable(classes: readonly DeclarationReflection[]): string {
  const rows = classes.toSorted(byName).map(({ name, comment, children = [] }) => {
    const own = children.filter((each) => each.kindOf(ReflectionKind.Property) && !each.inheritedFrom);
    const properties = own.filter((each) => each.name !== "name").map((each) => `\`${each.name}\``);
    return [`\`${name}\``, textOf(comment), properties.join(", ")];
  });
  return markdownTable(["error", "when", "has of its own"], rows);
}

function textOf(comment: Comment | undefined): string {
  return comment ? partsOf(comment.summary) : "";
}

/** Text as it is written: a line break in a comment is none in the document. */
function partsOf(parts: readonly CommentDisplayPart[]): string {
  return parts
    .map(({ text }) => text)
    .join("")
    .trim();
}

/** What a call returns and throws, and its example, which the documents' test runs. */
function tagsOf(comment: Comment | undefined, given: readonly string[]): string[] {
  return (comment?.blockTags ?? []).flatMap(({ tag, content }) => {
    const text = partsOf(content);
    switch (tag) {
      case "@returns":
        return [`Returns ${text}`];
      case "@throws":
        return [`Throws ${text}`];
      case "@example":
        return [exampleOf(text, given)];
      default:
        return [];
    }
  });
}

/** An example uses what the documents' test can give it, unless it declares that itself. */
function exampleOf(text: string, given: readonly string[]): string {
  const code = text.replace(/^```\w*\n|\n```$/g, "");
  const needed = given.filter(
    (name) =>
      new RegExp(`(?<![.\\w"])${name}\\b(?!:)`).test(code) &&
      !new RegExp(`const [^=]*\\b${name}\\b[^=]*=`).test(code),
  );
  const imports = Object.entries(IMPORTS).filter(([name]) => code.includes(`${name}(`));
  const note = needed.length > 0 ? `<!-- given: ${needed.join(", ")} -->\n\n` : "";
  const head = imports.map(([name, from]) => `import { ${name} } from "${from}";\n\n`);
  return `${note}\`\`\`ts\n${head.join("")}${code}\n\`\`\``;
}
