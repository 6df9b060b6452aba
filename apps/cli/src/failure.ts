import type { InputError, ProblemBody } from '@bailiwick/contract'

/** What the command leaves with. `policy plan` has 2 besides, for "there is something to do". */
export const EXIT = {
  done: 0,
  /** The command was refused, or failed. */
  failed: 1,
  /** The command line itself is wrong: sysexits(3) EX_USAGE. */
  usage: 64,
  /** Another process has the data folder and doesn't answer. */
  held: 75,
  /** Ended by Ctrl-C, as a shell counts it. */
  interrupted: 130,
} as const

/** One thing that is wrong with the input. */
export interface FailureDetail extends InputError {
  /** Where in which file, as in `policy.yaml:12:5`. */
  readonly place?: string
}

interface FailureOptions {
  readonly exitCode?: number
  readonly details?: readonly FailureDetail[]
  readonly problem?: ProblemBody
  readonly cause?: unknown
}

/** Why a command didn't do what it was asked: a line for people, and below it what exactly. Anything else that escapes is a defect. */
export class Failure extends Error {
  readonly exitCode: number
  readonly details: readonly FailureDetail[]
  /** What the server answered, where it was the server that refused. */
  readonly problem: ProblemBody | undefined

  constructor(message: string, { exitCode = EXIT.failed, details = [], problem, cause }: FailureOptions = {}) {
    super(message, { cause })
    this.name = 'Failure'
    this.exitCode = exitCode
    this.details = details
    this.problem = problem
  }
}

/** The command was ended by Ctrl-C or a SIGTERM. */
export function interrupted(): Failure {
  return new Failure('Interrupted.', { exitCode: EXIT.interrupted })
}

/** The command line doesn't say what it has to. */
export function usageFailure(message: string): Failure {
  return new Failure(message, { exitCode: EXIT.usage })
}
