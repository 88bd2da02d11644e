// `npm install`, as the documents tell readers to: the packages are there already, where programs in this directory find
// them, at the workspace's own versions. Installing them anew would ask the network, which does not have ours.
import { existsSync } from "node:fs";
import { join } from "node:path";

const INSTALLED = join(import.meta.dirname, "../../node_modules");

const [command, ...names] = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
if (command !== "install") throw new Error(`the documents' test knows no "npm ${command}"`);
for (const name of names) {
  // A package, or the file of one, which a block before has made.
  if (!existsSync(name.endsWith(".tgz") ? name : join(INSTALLED, name)))
    throw new Error(`"${name}" is no dependency of the documents' test`);
  console.log(`installed: ${name}`);
}
