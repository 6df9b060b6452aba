/**
 * A reason for not starting that the operator can act on. Its message is one line that says what is
 * wrong and what to do; whoever starts the process prints that line alone, without a stack trace, and
 * leaves with `exitCode`. Anything else that escapes at start-up is a defect of ours.
 */
export class StartUpError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartUpError';
    this.exitCode = exitCode;
  }
}
