const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** The reason of an abort by a signal of the operating system. */
export class StopRequested extends Error {
  override readonly name = "StopRequested";
  readonly signalName: keyof typeof EXIT_CODES;
  /** What shells expect of a process that this signal ended. */
  readonly exitCode: number;

  constructor(signalName: keyof typeof EXIT_CODES) {
    super(`stopped by ${signalName}`);
    this.signalName = signalName;
    this.exitCode = EXIT_CODES[signalName];
  }
}

/** Aborts, with a `StopRequested`, on Ctrl-C and its like. The second one ends the process at once. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT_CODES[name]);
      controller.abort(new StopRequested(name));
    });
  }
  return controller.signal;
}
