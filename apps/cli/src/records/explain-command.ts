import { ExplanationSchema } from '@bailiwick/contract'
import type { Command } from 'commander'
import { Check } from 'typebox/value'
import type { Context, Outcome } from '../context.ts'
import { sayingSo } from '../jobs/progress.ts'
import { act } from '../run.ts'
import { bold, green, red } from '../text/paint.ts'
import { widthOf, wrap } from '../text/paragraph.ts'
import { type AskOptions, aboutRecords, askRecord } from './ask-record.ts'
import { capSentence, type Explained, grantSentence, missingSentence } from './sentences.ts'
import { waySentence } from './way-sentence.ts'

interface ExplainOptions extends AskOptions {
  readonly field?: string
  readonly how?: boolean
}

export function explainCommand(program: Command): void {
  const command = program
    .command('explain')
    .description('say why a person may, or may not, do something to a record')
    .argument('<user>', 'a user key or e-mail address')
    .argument('<action>', 'as in read, update, delete, share')
  aboutRecords(command)
    .option('--field <field>', 'of this field alone')
    .option('--how', 'of a refusal, the smallest changes that would allow it')
  act(command, 'explain anna update deals D-1042 --org nordwind', explainRecord)
}

async function explainRecord(context: Context, args: readonly string[], options: ExplainOptions): Promise<Outcome> {
  const [user = '', action = '', module = '', id = ''] = args
  const acting = { organization: options.org, as: options.as }
  const question = {
    about: 'explain',
    query: { user, action, field: options.field, how: options.how ? 'true' : undefined },
    acting,
  }
  const asked = askRecord(context, ExplanationSchema, { module, id }, question)
  const explained = await (options.how ? sayingSo('Counting what each way would open', asked) : asked)
  return { json: explained, text: explanationText(explained, id) }
}

function explanationText(explained: Explained, asked: string): string {
  const { grants, caps, missing, field, ways = [], ask = [] } = explained
  const lines = [
    verdict(explained, asked),
    ...section(`${explained.user} …`, grants.map(grantSentence)),
    ...parentLines(grants),
    ...section('But', caps.map(capSentence)),
    ...section('Missing', missing.map(missingSentence)),
    ...(field ? [`The field ${field.key} is ${field.access} for ${explained.user}.`] : []),
    ...section('What would allow it, that which opens least first', ways.map(waySentence)),
    ...section('Whom to ask', ask),
  ]
  return lines.map((line) => wrap(line, widthOf(process.stdout))).join('\n')
}

function verdict({ user, action, module, id, allowed, level, needed, field }: Explained, asked: string): string {
  const answer = allowed ? green(bold('may')) : red(bold('may not'))
  const what = field ? `${field.key} of ${module}` : module
  const name = id !== undefined && id !== asked ? `${asked} (${id})` : asked
  const needs = needed === undefined ? '' : `; ${needed} is needed`
  return `${user} ${answer} ${action} ${what} ${name}. The level is ${level}${needs}.`
}

function section(title: string, sentences: readonly string[]): string[] {
  return sentences.length === 0 ? [] : [title, ...sentences.map((sentence) => `  - ${sentence}`)]
}

/** Why a person reaches the parent, where that is what lets him reach the record. */
function parentLines(grants: Explained['grants']): string[] {
  return grants.flatMap(({ by, parent }) =>
    parent === undefined ? [] : section(`What ${by} leads to is reached, since he …`, parentSentences(parent)),
  )
}

/** The parent's own explanation has the same form, as deep as parents go. */
function parentSentences(parent: unknown): string[] {
  return Check(ExplanationSchema, parent) ? parent.grants.map(grantSentence) : []
}
