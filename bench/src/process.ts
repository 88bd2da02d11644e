import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** Clock ticks a second in which Linux counts processor time; the same on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * A process as Linux knows it.
 *
 * @see https://man7.org/linux/man-pages/man5/proc.5.html
 */
export class Process {
  readonly pid: number;

  constructor(pid: number) {
    this.pid = pid;
  }

  /** Processor time used so far, in milliseconds. */
  get cpuMs(): number {
    // The name before it, in parentheses, may hold anything.
    const fields = readFileSync(`/proc/${this.pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
  }

  /** Memory that is resident now, in MiB. */
  get residentMib(): number {
    return this.#status("VmRSS");
  }

  /** The most memory that was resident since the start or `forgetPeak`, in MiB. */
  get peakMib(): number {
    return this.#status("VmHWM");
  }

  forgetPeak(): void {
    writeFileSync(`/proc/${this.pid}/clear_refs`, "5");
  }

  #status(name: string): number {
    const text = readFileSync(`/proc/${this.pid}/status`, "utf8");
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1]) / 1_024;
  }
}

/** Processes of a name that this process has started itself. */
export function processBelow(name: string): Process[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        const [, command, parent] =
          /^\d+ \((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        return command === name && Number(parent) === process.pid;
      } catch {
        return false; // It has ended meanwhile.
      }
    })
    .map((pid) => new Process(Number(pid)));
}
