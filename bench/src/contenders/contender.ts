/** A request as a bench sends it. */
export interface BenchRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What one job is asked to paint, everywhere. */
export const PROMPT = "a lighthouse at dusk, the last light on the water, a small boat coming home";

/** The same service, built in one way: creates jobs, tells how they stand, keeps their images. */
export interface Contender {
  readonly name: string;
  readonly url: string;
  create(): BenchRequest;
  /** The job's id, from the answer to its create. */
  idOf(answer: unknown): string;
  status(id: string): BenchRequest;
  /**
   * The address of the job's image, from the answer to a status read; null while it is running.
   *
   * @throws Error for a job that failed
   */
  imageOf(answer: unknown): string | null;
  /** Processor time that all its processes have used so far, in milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}
