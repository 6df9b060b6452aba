/**
 * A reason for not starting that the operator can act on. Its message is one line that says what is
 * wrong and what to do; whoever starts the process prints that line alone, without a stack trace, and
 * leaves with `exitCode`. Anything else that escapes at start-up is a defect of ours.
 */
export class StartUpError extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartUpError'
    this.exitCode = exitCode
  }
}

/**
 * What the process leaves with, so that a supervisor can tell "try again later" from "a person is needed".
 * The numbers are those of BSD's sysexits(3); docs/operations.md lists them for operators.
 */
export const EXIT = {
  /** A server that we need does not answer: worth trying again. */
  unavailable: 69,
  /** The address or port cannot be listened on: in use, privileged or not ours. */
  addressUnavailable: 71,
  /** A program that we need (the built-in PostgreSQL) cannot be run on this machine. */
  cannotRun: 72,
  /** The data folder cannot be made, read or written. */
  dataFolderUnusable: 73,
  /** Reading or writing failed below us: the disk is full or broken. */
  diskFull: 74,
  /** Another process holds the data folder. */
  dataFolderHeld: 75,
  /** Something has to be set right first: a setting, the database's version, a right that is missing. */
  configuration: 78,
} as const
