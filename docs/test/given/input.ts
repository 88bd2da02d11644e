import { file } from "./file.ts";

const chosen = new DataTransfer();
chosen.items.add(file);

/** An `<input type="file">` in which somebody chose a file. */
export const input = Object.assign(document.createElement("input"), { type: "file", files: chosen.files }) as
  // It has files: they were just set.
  HTMLInputElement & { files: FileList };
