import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { ImportSchema, MeSchema } from '@bailiwick/contract'
import type { Command } from 'commander'
import type { Static } from 'typebox'
import { type Acting, call, request } from '../connection/call.ts'
import type { Context, Outcome } from '../context.ts'
import { EXIT, Failure } from '../failure.ts'
import { followJob } from '../jobs/follow-job.ts'
import { createProgress } from '../jobs/progress.ts'
import { act } from '../run.ts'
import { bold, yellow } from '../text/paint.ts'
import { clean, widthOf, wrap } from '../text/paragraph.ts'
import { readYamlFile } from '../yaml-file.ts'
import { multipart, type UploadedFile } from './multipart.ts'
import { saveFile } from './save-file.ts'

interface ImportOptions {
  readonly org: string
  readonly as: string
  readonly map?: string
  readonly overwrite?: boolean
  readonly dryRun?: boolean
}

type Import = Static<typeof ImportSchema>

const MAP = `
What --map takes, all of it optional (columns are matched by their names otherwise):
  columns: { "Deal name": name, Closed: { field: closeDate, dateFormat: DD/MM/YYYY } }
  owner: { column: "Sales agent", values: { "Anna Virtanen": "user:anna" } }
  defaults: { stage: New }
  key: externalId`

export function importCommand(program: Command): void {
  const command = program
    .command('import')
    .description('read the records of a module from a CSV file')
    .argument('<module>', 'as in accounts')
    .argument('<file>', 'the CSV file')
    .requiredOption('--org <slug>', 'the organization')
    .requiredOption('--as <user>', 'who imports: his rights count, and the records are his where no owner is named')
    .option('--map <file>', 'which column is which field, in YAML')
    .option('--overwrite', 'change records that are there already, instead of rejecting their rows')
    .option('--dry-run', 'try every row, keep nothing')
    .addHelpText('after', MAP)
  act(command, 'import deals deals.csv --org nordwind --as anna --map deals-map.yaml', importFile)
}

/** A file in, as a job of the server's; the rows that were rejected come back, each with its reason, in a file beside. */
async function importFile(context: Context, args: readonly string[], options: ImportOptions): Promise<Outcome> {
  const [module = '', name = ''] = args
  const acting = { organization: options.org, as: options.as }
  const file = await describeFile(path.resolve(context.folder, name))
  const fields = {
    module,
    mapping: await readMapping(context, options.map),
    overwrite: String(options.overwrite ?? false),
    dryRun: String(options.dryRun ?? false),
  }
  await requirePerson(context, acting)
  const progress = createProgress()
  try {
    const started = await upload(context, acting, fields, file, (sent) => progress.update('uploading', sent, file.size))
    const read = () => readImport(context, acting, started.id)
    const ended = await followJob(context, { id: started.id, acting, step: 'importing', read }, progress)
    progress.stop()
    return await outcomeOf(context, acting, ended, file)
  } finally {
    progress.stop()
  }
}

/** Before a gigabyte is on its way: whoever refuses it half-way could only hang up. @throws {Failure} where he can't act */
async function requirePerson(context: Context, acting: Acting): Promise<void> {
  await call(context, MeSchema, { method: 'GET', path: '/api/v1/me', acting })
}

async function describeFile(file: string): Promise<UploadedFile> {
  const { size, isFile } = await stat(file).then(
    (found) => ({ size: found.size, isFile: found.isFile() }),
    () => ({ size: 0, isFile: false }),
  )
  if (!isFile) throw new Failure(`There is no file ${file}.`)
  return { path: file, name: path.basename(file), size }
}

async function readMapping(context: Context, file: string | undefined): Promise<string> {
  if (file === undefined) return ''
  const { input } = await readYamlFile(context, file)
  return JSON.stringify(input ?? {})
}

function upload(
  context: Context,
  acting: Acting,
  fields: Readonly<Record<string, string>>,
  file: UploadedFile,
  onSent: (bytes: number) => void,
): Promise<Import> {
  const form = multipart(fields, file, `bailiwick-${randomUUID()}`, onSent)
  return call(context, ImportSchema, { method: 'POST', path: '/api/v1/imports', acting, ...form })
}

/** Asked also while an interrupted import is being stopped. */
function readImport(context: Context, acting: Acting, id: string): Promise<Import> {
  return call(context, ImportSchema, { method: 'GET', path: `/api/v1/imports/${id}`, acting, finishes: true })
}

async function outcomeOf(context: Context, acting: Acting, ended: Import, file: UploadedFile): Promise<Outcome> {
  const { created, updated, rejected, state } = ended
  const rejectedFile = rejected > 0 ? await fetchRejected(context, acting, ended.id, file) : null
  const lines = [
    figures(ended),
    ...(rejectedFile === null ? [] : [`The rejected rows, each with its reasons, are in ${rejectedFile}.`]),
    ...(ended.unmapped.length > 0 ? [`Columns left out: ${ended.unmapped.map(clean).join(', ')}.`] : []),
  ].map((line) => wrap(line, widthOf(process.stdout)))
  if (state === 'cancelled') throw new Failure(['Interrupted.', ...lines].join('\n'), { exitCode: EXIT.interrupted })
  return { json: { created, updated, rejected, rejectedFile }, text: lines.join('\n') }
}

function figures({ created, updated, rejected, dryRun }: Import): string {
  const count = (number: number) => number.toLocaleString('en')
  const refused = rejected > 0 ? yellow(`rejected ${count(rejected)}`) : 'rejected none'
  if (dryRun)
    return `Nothing was kept. It would have created ${bold(count(created))}, updated ${count(updated)}, ${refused}.`
  return `Created ${bold(count(created))}, updated ${count(updated)}, ${refused}.`
}

async function fetchRejected(context: Context, acting: Acting, id: string, file: UploadedFile): Promise<string> {
  const { dir, name } = path.parse(file.path)
  const target = path.join(dir, `${name}.rejected.csv`)
  const rejected = { method: 'GET', path: `/api/v1/imports/${id}/rejected.csv`, acting, finishes: true } as const
  await saveFile((await request(context, rejected)).body, target)
  return target
}
