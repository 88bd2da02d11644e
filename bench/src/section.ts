/** A part of the benchmarks that can be run by itself. */
export interface Section {
  /** What it is called on the command line, and in the markers of `docs/benchmarks.md`. */
  readonly name: string;
  /** Measures. @returns what stands between its markers: Markdown */
  run(): Promise<string>;
}
