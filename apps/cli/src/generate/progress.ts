import type { Project } from "@bluehour/client";

/** The part of a terminal, or of a pipe, that progress is written to. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Tells how a job is coming along. */
export interface Progress {
  /** What is being done before there is a job, or besides it. */
  note(text: string): void;
  update(project: Pick<Project, "status" | "progress">): void;
  /** Leaves the terminal clean. Nothing is shown after it. */
  end(): void;
}

const BAR_WIDTH = 24;
const BLOCK_WIDTH = 4;
const REDRAW_EVERY_MS = 100;
const SPINNER = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
const CLEAR_LINE = "\r\x1b[K";

/** A live line with a bar on a terminal, one line a change elsewhere. @param now - milliseconds */
export function createProgress(stream: ProgressStream, now: () => number): Progress {
  const terminal = stream.isTTY && process.env["TERM"] !== "dumb";
  return terminal ? liveProgress(stream, now) : plainProgress(stream);
}

function plainProgress(stream: ProgressStream): Progress {
  let before = "";
  const note = (text: string) => {
    if (text !== before) stream.write(`${text}\n`);
    before = text;
  };
  return {
    note,
    update: ({ status, progress }) =>
      note(status === "rendering" ? `${status} ${percent(progress)}`.trim() : status),
    end: () => {},
  };
}

function liveProgress(stream: ProgressStream, now: () => number): Progress {
  const startedAt = now();
  let text = "";
  let bar: ((elapsed: number) => string) | null = null;
  const draw = () => {
    const elapsed = now() - startedAt;
    const spinner = SPINNER[Math.floor(elapsed / REDRAW_EVERY_MS) % SPINNER.length];
    const line = [spinner, text, bar?.(elapsed), `${(elapsed / 1000).toFixed(1)} s`]
      .filter(Boolean)
      .join("  ");
    // A line that wraps could not be cleared.
    stream.write(CLEAR_LINE + line.slice(0, (stream.columns ?? 80) - 1));
  };
  const timer = setInterval(draw, REDRAW_EVERY_MS).unref();
  return {
    note: (note) => {
      [text, bar] = [note, null];
      draw();
    },
    update: ({ status, progress }) => {
      text = status;
      bar = progress === null ? travellingBar : () => `${filledBar(progress)} ${percent(progress)}`;
      draw();
    },
    end: () => {
      clearInterval(timer);
      stream.write(CLEAR_LINE);
    },
  };
}

function filledBar(progress: number): string {
  const full = Math.round(progress * BAR_WIDTH);
  return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
}

/** For providers that do not say how far they are: a block that goes to and fro. */
function travellingBar(elapsed: number): string {
  const space = BAR_WIDTH - BLOCK_WIDTH;
  const step = Math.floor(elapsed / REDRAW_EVERY_MS) % (2 * space);
  const before = step < space ? step : 2 * space - step;
  return "░".repeat(before) + "█".repeat(BLOCK_WIDTH) + "░".repeat(space - before);
}

function percent(progress: number | null): string {
  return progress === null ? "" : `${Math.round(progress * 100)}%`;
}
