import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ExportSchema } from '@bailiwick/contract'
import { type Command, Option } from 'commander'
import { type Acting, call, request } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { interrupted, usageFailure } from '../failure.ts'
import { followJob } from '../jobs/follow-job.ts'
import { createProgress } from '../jobs/progress.ts'
import { act } from '../run.ts'
import { counted } from '../text/paragraph.ts'
import { saveFile } from './save-file.ts'

const FORMATS = ['csv', 'xlsx', 'jsonl'] as const
type Format = (typeof FORMATS)[number]

interface ExportOptions {
  readonly org: string
  readonly as: string
  readonly format?: Format
  readonly filter?: string
  readonly sort?: string
  readonly fields?: string
  readonly json?: boolean
}

export function exportCommand(program: Command): void {
  const command = program
    .command('export')
    .description('write the records of a module that a person reads, with the fields that exist for him')
    .argument('<module>', 'as in accounts')
    .argument('[file]', 'where to; standard output, where unstated')
    .requiredOption('--org <slug>', 'the organization')
    .requiredOption('--as <user>', 'who exports: his rights count')
    .addOption(new Option('--format <format>', 'unstated, what the file is called by, or csv').choices(FORMATS))
    .option('--filter <json>', 'a condition, as in {"field": "amount", "op": "gte", "value": 100000}')
    .option('--sort <fields>', 'as in -updatedAt,name')
    .option('--fields <names>', 'only these, as in name,amount')
  act(command, 'export deals deals.csv --org nordwind --as anna --fields name,amount', exportRecords)
}

/** Records out, as a job of the server's. The file is whole, or not there. */
async function exportRecords(context: Context, args: readonly string[], options: ExportOptions): Promise<Outcome> {
  const [module = '', file] = args
  const target = file === undefined || file === '-' ? undefined : path.resolve(context.folder, file)
  const format = options.format ?? formatOf(target)
  requirePlace(target, format, options.json)
  const acting = { organization: options.org, as: options.as }
  const { id, done } = await makeExport(context, acting, { module, format, ...selectionOf(options) })
  const answer = await request(context, { method: 'GET', path: `/api/v1/exports/${id}/file`, acting })
  if (target === undefined) await pipeline(answer.body, process.stdout, { end: false })
  else await saveFile(answer.body, target, context.signal)
  const records = { records: done, format, file: target ?? null }
  return { json: records, text: target === undefined ? '' : `${counted(done, 'record')} written to ${target}.` }
}

function formatOf(target: string | undefined): Format {
  const extension = path
    .extname(target ?? '')
    .slice(1)
    .toLowerCase()
  return FORMATS.find((format) => format === extension) ?? 'csv'
}

function requirePlace(target: string | undefined, format: Format, inJson = false): void {
  if (target !== undefined) return
  if (inJson) throw usageFailure('With --json a file has to be named: standard output is for the JSON document.')
  if (format === 'xlsx' && process.stdout.isTTY) throw usageFailure('Name a file: a terminal shows no xlsx.')
}

function selectionOf({ filter, sort, fields }: ExportOptions) {
  return { ...(filter !== undefined && { filter: parseFilter(filter) }), sort, fields }
}

function parseFilter(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw usageFailure('--filter has to be JSON, as in \'{"field": "amount", "op": "gte", "value": 100000}\'.')
  }
}

async function makeExport(context: Context, acting: Acting, json: object) {
  const progress = createProgress()
  const started = await call(context, ExportSchema, { method: 'POST', path: '/api/v1/exports', acting, json })
  const question = { method: 'GET', path: `/api/v1/exports/${started.id}`, acting, finishes: true } as const
  const read = () => call(context, ExportSchema, question)
  const ended = await followJob(context, { id: started.id, acting, step: 'exporting', read }, progress).finally(
    progress.stop,
  )
  if (ended.state === 'cancelled') throw interrupted()
  return ended
}
