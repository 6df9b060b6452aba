import type { Connection } from './connection/connection.ts'

/** What a command has of the world. */
export interface Context {
  /** The folder that relative paths are taken from. */
  readonly folder: string
  readonly connection: Connection
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Says on standard error what goes on; never part of the result. */
  say(line: string): void
}

/** What a command came to. */
export interface Outcome {
  /** For `--json`: the one document on standard output. */
  readonly json: unknown
  /** For people; '' where there is nothing to say, or it went to standard output already. */
  readonly text: string
  readonly exitCode?: number
}
