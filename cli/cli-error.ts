/** 1: it could not be done. 2: it was not asked for as the help says. */
export type ExitCode = 1 | 2;

/** A failure that the person at the terminal is told about, in one line. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = "CliError";
    this.exitCode = exitCode;
  }
}

export const failure = (message: string, options: ErrorOptions = {}): CliError => new CliError(1, message, options);

export const misuse = (message: string): CliError => new CliError(2, message);
