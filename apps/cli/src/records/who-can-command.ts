import { AudienceSchema } from '@bailiwick/contract'
import type { Command } from 'commander'
import type { Context, Outcome } from '../context.ts'
import { act } from '../run.ts'
import { bold } from '../text/paint.ts'
import { widthOf, wrap } from '../text/paragraph.ts'
import { type AskOptions, aboutRecords, askRecord } from './ask-record.ts'
import { grantSentence, type Member } from './sentences.ts'

export function whoCanCommand(program: Command): void {
  const command = program
    .command('who-can')
    .description('list everyone who may do something to a record, and why')
    .argument('<action>', 'as in read, update, delete, share')
  act(aboutRecords(command), 'who-can read deals D-1042 --org nordwind', listAudience)
}

async function listAudience(context: Context, args: readonly string[], options: AskOptions): Promise<Outcome> {
  const [action = '', module = '', id = ''] = args
  const acting = { organization: options.org, as: options.as }
  const question = { about: 'audience', query: { action }, acting }
  const audience = await askRecord(context, AudienceSchema, { module, id }, question)
  return { json: audience, text: audienceText(audience) }
}

interface Audience {
  readonly items: readonly Member[]
  readonly total: number
}

function audienceText({ items: members, total }: Audience): string {
  if (members.length === 0) return 'Nobody.'
  const width = Math.max(...members.map(({ user }) => user.length))
  const lines = members.map(({ user, level, why }) => {
    const causes = why.length === 0 ? `level ${level}` : why.map(grantSentence).join('; ')
    return wrap(`${bold(user.padEnd(width))}  ${causes}`, widthOf(process.stdout), 4)
  })
  const more = total - members.length
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}
