import { enableCompileCache } from "node:module";
import { CommandError, UsageError } from "./terminal/command-error.ts";
import { nearest } from "./terminal/nearest.ts";
import { StopRequested, stopSignal } from "./terminal/stop-signal.ts";

// Starts in half the time from the second run on.
enableCompileCache();

const COMMANDS = ["generate", "dev", "webhooks", "doctor", "example"] as const;
const HELP = `Usage: pnpm run generate "a lighthouse at dusk" [flags]
       pnpm run dev [flags]
       pnpm run webhooks listen [flags]
       pnpm run doctor [flags]
       pnpm run example NAME [flags]

Each knows --help.
`;

/** @returns the process's exit code */
async function run([command, ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    switch (command) {
      case "generate": {
        const { generate } = await import("./generate/generate.ts");
        await generate(args, signal);
        return 0;
      }
      case "dev": {
        const { dev } = await import("./dev/dev.ts");
        await dev(args, signal);
        return 0;
      }
      case "webhooks": {
        const { webhooks } = await import("./webhooks/webhooks.ts");
        await webhooks(args, signal);
        return 0;
      }
      case "doctor": {
        const { doctor } = await import("./doctor/doctor.ts");
        return await doctor(args, signal);
      }
      case "example": {
        const { example } = await import("./example/example.ts");
        await example(args, signal);
        return 0;
      }
      case "--help":
      case "-h":
        process.stdout.write(HELP);
        return 0;
      default:
        throw unknownCommand(command);
    }
  } catch (error) {
    if (error instanceof StopRequested) return error.exitCode;
    process.stderr.write(`bluehour: ${describe(error)}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

function unknownCommand(command: string | undefined): UsageError {
  if (!command) return new UsageError(`which command? ${COMMANDS.join(", ")}; see --help`);
  const meant = nearest(command, COMMANDS);
  return new UsageError(`unknown command "${command}"${meant ? `; did you mean ${meant}?` : "; see --help"}`);
}

/** One line for what was foreseen, everything for what was not. */
function describe(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// Whoever reads the result may stop reading it: `generate … | head -1`.
process.stdout.on("error", () => {});
process.exitCode = await run(process.argv.slice(2), stopSignal());
