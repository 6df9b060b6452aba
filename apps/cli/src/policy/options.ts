import type { Command } from 'commander'
import type { Acting } from '../connection/call.ts'
import { usageFailure } from '../failure.ts'

export interface PolicyOptions {
  readonly org: string
  readonly as?: string
}

export interface ChangeOptions extends PolicyOptions {
  readonly reason?: string
  readonly destroy?: readonly string[]
  readonly base?: string
  /** Commander's name for `--without-approval`. */
  readonly withoutApproval?: boolean
}

export function inOrganization(command: Command): Command {
  return command
    .requiredOption('--org <slug>', 'the organization')
    .option('--as <user>', 'act as this person, with his rights, instead of the operator')
}

/** Repeatable: `--destroy sites --destroy accounts.bankAccount`. */
export function withLosses(command: Command): Command {
  const collect = (name: string, names: readonly string[] = []) => [...names, name]
  return command.option('--destroy <module[.field]>', 'data that may go with the change; repeatable', collect)
}

export function withChange(command: Command): Command {
  return withLosses(inOrganization(command))
    .option('--reason <text>', 'why, for the log')
    .option('--base <version>', 'refuse where the policy is at another version by now')
    .option('--without-approval', 'as the operator: not to wait, where the policy asks for others’ approval')
}

export function actingOf({ org, as }: PolicyOptions): Acting {
  return { organization: org, as }
}

/** What a change says in its query. */
export function changeQuery({ reason, destroy, withoutApproval }: ChangeOptions) {
  return { reason, destroy, withoutApproval: withoutApproval ? 'true' : undefined }
}

/** The version that the change was made from; unstated, whatever stands. */
export function ifMatch({ base }: ChangeOptions): Record<string, string> {
  return { 'if-match': base === undefined ? '*' : `"${requireVersion(base)}"` }
}

/** @throws {Failure} where the text is no version's number */
export function requireVersion(text: string | undefined): string {
  if (text !== undefined && /^[1-9]\d{0,8}$/.test(text)) return text
  throw usageFailure(`A version is a number from 1 on, as "bailiwick policy log" lists them, not "${text}".`)
}
