import type { Draft } from "../request/draft.ts";
import { toEditorRequest, toGeneratorRequest } from "../request/draft.ts";
import { writeCurl } from "./write-curl.ts";
import { writePython } from "./write-python.ts";
import { writeTypescript } from "./write-typescript.ts";

/** A request to write as code. */
export interface Wanted {
  /** Where the Worker is. */
  readonly baseUrl: string;
  readonly request: object;
  /** Names of the files to work from; empty for images from words alone. */
  readonly files: readonly string[];
}

const WRITERS = { TypeScript: writeTypescript, curl: writeCurl, Python: writePython };
export type Language = keyof typeof WRITERS;
export const LANGUAGES: readonly Language[] = ["TypeScript", "curl", "Python"];

/** The request of the form as a program. Its token is in the environment variable `BLUEHOUR_TOKEN`. */
export function writeCode(language: Language, draft: Draft, baseUrl: string): string {
  const files = draft.inputs.map(({ file }) => file.name);
  const named = { ...draft, prompt: draft.prompt.trim() || "a lighthouse at dusk" };
  const request = files.length === 0 ? toGeneratorRequest(named) : toEditorRequest(named, files);
  return WRITERS[language]({ baseUrl, request, files });
}
