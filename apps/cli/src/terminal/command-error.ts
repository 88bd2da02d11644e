/** What a command failed of, said in one line that a person can act on. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
  /** Of the process. */
  readonly exitCode: number = 1;
}

/** The command line itself is wrong. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
  override readonly exitCode = 2;
}
