import { expect, test } from "vitest";
import { generateDocuments } from "../generate/documents.ts";

const documents = await generateDocuments();

test.each(documents)(
  '$path says what the sources say; "pnpm run docs" writes it anew',
  ({ before, after }) => {
    expect(before).toBe(after);
  },
);
