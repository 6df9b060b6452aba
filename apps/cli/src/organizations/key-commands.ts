import { CreatedKeySchema } from '@bailiwick/contract'
import type { Command } from 'commander'
import { call } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { act } from '../run.ts'

interface CreateOptions {
  readonly org: string
  readonly user: string
  readonly name?: string
}

export function keyCommands(program: Command): void {
  const create = program
    .command('key')
    .description('API keys')
    .command('create')
    .description('an API key for a person, who needs the system permission useApi to use it')
    .requiredOption('--org <slug>', 'the organization')
    .requiredOption('--user <user>', 'whose: a user key or e-mail address')
    .option('--name <name>', 'what it is for')
  act(create, 'key create --org nordwind --user anna --name laptop', createKey)
}

async function createKey(context: Context, _args: readonly string[], options: CreateOptions): Promise<Outcome> {
  const { org: organization, user, name } = options
  const json = { organization, user, name }
  const created = await call(context, CreatedKeySchema, {
    method: 'POST',
    path: '/operator/v1/keys',
    json,
    finishes: true,
  })
  return { json: created, text: created.key }
}
