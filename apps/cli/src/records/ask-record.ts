import type { Command } from 'commander'
import type { TSchema } from 'typebox'
import { type Acting, call } from '../connection/call.ts'
import type { Context } from '../context.ts'
import { Failure } from '../failure.ts'

export interface AskOptions {
  readonly org: string
  readonly as?: string
}

export interface RecordName {
  readonly module: string
  /** Its id or external id. */
  readonly id: string
}

export function aboutRecords(command: Command): Command {
  return command
    .argument('<module>', 'as in accounts')
    .argument('<record>', 'its id or external id')
    .requiredOption('--org <slug>', 'the organization')
    .option('--as <user>', 'ask as this person, with his rights, instead of the operator')
}

/** Asks something about a record. @throws {Failure} that names it where it isn't there */
export async function askRecord<Schema extends TSchema>(
  context: Context,
  schema: Schema,
  { module, id }: RecordName,
  question: { readonly about: string; readonly query: Record<string, string | undefined>; readonly acting: Acting },
) {
  const { about, query, acting } = question
  const path = `/api/v1/records/${encodeURIComponent(module)}/${encodeURIComponent(id)}/${about}`
  try {
    return await call(context, schema, { method: 'GET', path, query, acting })
  } catch (error) {
    throw isNotSeen(error) ? new Failure(`There is no record ${id} in ${module}.`, { problem: error.problem }) : error
  }
}

/** The server's one answer for what isn't there, whatever it is; an organization or person that isn't is told by name. */
function isNotSeen(error: unknown): error is Failure {
  return error instanceof Failure && error.problem?.status === 404 && error.message.startsWith('There is nothing here')
}
