import { diskFiles } from "../src/node/disk-files.ts";
import { saveOutputs } from "../src/save-outputs.ts";

/** Saves a project's images as a process of its own, which can be killed or given little room. Prints what fails. */
const [project = "", directory = ""] = process.argv.slice(2);
const platform = { files: diskFiles, fetch, customFetch: undefined };
await saveOutputs(JSON.parse(project), platform, new AbortController().signal, directory).catch(
  ({ message }) => console.log(message),
);
