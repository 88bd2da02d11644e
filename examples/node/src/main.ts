import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AuthenticationError, BluehourError, createClient, InsufficientCreditsError } from "@bluehour/client";
import { Journal } from "./journal.ts";
import { paint } from "./paint.ts";

/** Jobs at a time. */
const CONCURRENCY = 3;

const { BLUEHOUR_URL, BLUEHOUR_TOKEN, PROMPTS = "prompts.txt", OUTPUTS = "outputs" } = process.env;
if (!BLUEHOUR_URL || !BLUEHOUR_TOKEN) throw new Error("Set BLUEHOUR_URL and BLUEHOUR_TOKEN");

const lines = readFileSync(PROMPTS, "utf8").split("\n");
const prompts = new Set(lines.map((line) => line.trim()).filter(Boolean));
mkdirSync(OUTPUTS, { recursive: true });

const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("stopped")));
const studio = {
  bluehour: createClient({ baseUrl: BLUEHOUR_URL, token: BLUEHOUR_TOKEN }),
  journal: new Journal(join(OUTPUTS, "journal.json")),
  directory: OUTPUTS,
  signal: stop.signal,
};

let done = 0;
// All take from one iterator, so that each prompt is painted once.
const queue = prompts.values();
await Promise.all(Array.from({ length: CONCURRENCY }, work));
console.log(`${done} of ${prompts.size} done${done < prompts.size ? "; run it again to go on" : ""}`);
process.exitCode = done < prompts.size ? 1 : 0;

async function work(): Promise<void> {
  for (const prompt of queue) {
    if (stop.signal.aborted) return;
    try {
      const paths = await paint(prompt, studio);
      done += 1;
      console.log(`${prompt}: ${paths.join(", ")}`);
    } catch (error) {
      if (stop.signal.aborted) return;
      // A fault of this program, and not one of the job or the network.
      if (!(error instanceof BluehourError)) throw error;
      console.error(`${prompt}: ${error.name}: ${error.message}`);
      // No other prompt would do better.
      if (error instanceof AuthenticationError || error instanceof InsufficientCreditsError)
        stop.abort(error);
    }
  }
}
