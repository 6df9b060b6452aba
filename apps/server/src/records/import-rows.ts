import type { FieldAccess, Key, PolicyModule } from '@bailiwick/access'
import { fields as fieldsOf, missingOnModule } from '@bailiwick/access'
import { Problem } from '../problem.ts'
import { requireNewOwner } from './create-record.ts'
import { type Existing, type ExistingRecord, findExisting, keyForm } from './import-rows-existing.ts'
import { findTargets, type Targets } from './import-rows-lookups.ts'
import { type RowToWrite, writeRows } from './import-rows-write.ts'
import type { RecordsParts } from './parts.ts'
import { missingAction, missingLevel, requireModule } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { requireWritable } from './writable-values.ts'

/** A row of a file, read as far as it can be without knowing what is there. */
export interface RowToImport {
  /** `user:…` or `team:…`; unstated: whoever imports. */
  readonly owner?: string
  /** Field → value, in the form that any request gives it. What is empty in the file is absent. */
  readonly values: Readonly<Record<Key, unknown>>
  /** The same, for what the row leaves empty, where it makes a new record. */
  readonly fallback: Readonly<Record<Key, unknown>>
  /** Lookup field → what the file calls the record. */
  readonly lookups: Readonly<Record<Key, string>>
}

export interface ImportRules {
  readonly module: Key
  /** The text fields by which an existing record is recognized, by the first of them that a row fills; without one, every row is new. */
  readonly keys: readonly Key[]
  /** Existing records are to be changed; otherwise their rows are rejected. */
  readonly overwrite: boolean
  /** Lookup field → the field by which its records are named; unstated ones by id, `externalId` or title. */
  readonly lookupBy: Readonly<Record<Key, Key>>
  /** A row that looks up a record of its own module which isn't there is put off: it may stand further down in the file. */
  readonly mayWait: boolean
  /** Under which id it is noted which records were made and changed; unstated, it isn't. */
  readonly noteAs?: string
}

export type RowOutcome =
  | { readonly kind: 'created' | 'updated' | 'later' }
  | { readonly kind: 'rejected'; readonly reasons: readonly string[] }

interface Run {
  readonly parts: RecordsParts
  readonly reading: Reading
  readonly rules: ImportRules
  readonly module: PolicyModule
  readonly access: ReadonlyMap<Key, FieldAccess>
  readonly owners: Map<string, number | Problem>
}

interface Open {
  readonly index: number
  readonly row: RowToImport
}

const EXISTS = 'exists already'
const NO_RECORD = 'names no record that is there'

/**
 * Imports rows inside a transaction (of `inTransaction`): each is created, changes the record that it matches, is put off, or is rejected
 * with its reasons, without holding up the others. A row may refer to one above it.
 * @throws Problem 404 or 403 where the person may not import into the module at all.
 */
export async function importRows(
  parts: RecordsParts,
  reading: Reading,
  rules: ImportRules,
  rows: readonly RowToImport[],
): Promise<RowOutcome[]> {
  const module = requireModule(reading, rules.module, 'import')
  const access = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key)
  const run: Run = { parts, reading, rules, module, access, owners: new Map() }
  const outcomes = new Map<number, RowOutcome>()
  let open: readonly Open[] = rows.map((row, index) => ({ index, row }))
  while (open.length > 0) open = await settleSome(run, open, outcomes)
  return rows.map((_row, index) => outcomes.get(index) ?? { kind: 'rejected', reasons: [] })
}

/** What would come of a row, as far as it can be told without writing it. */
export interface RowForetold {
  readonly kind: 'create' | 'update' | 'reject'
  readonly reasons: readonly string[]
  /** Names of records that the person doesn't find; `inFile` where they may stand further down in the file itself. */
  readonly unfound: readonly {
    readonly field: Key
    readonly text: string
    readonly why: 'missing' | 'several' | 'inFile'
  }[]
}

/**
 * What would come of rows, in a transaction of `inTransaction`: nothing is written or locked. A unique value that is taken shows only
 * when it is written.
 * @throws Problem as `importRows`
 */
export async function foretellRows(
  parts: RecordsParts,
  reading: Reading,
  rules: Omit<ImportRules, 'mayWait' | 'noteAs'>,
  rows: readonly RowToImport[],
): Promise<RowForetold[]> {
  const module = requireModule(reading, rules.module, 'import')
  const access = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key)
  const run: Run = { parts, reading, rules: { ...rules, mayWait: true }, module, access, owners: new Map() }
  const open = rows.map((row, index) => ({ index, row }))
  const targets = await targetsOf(run, open)
  const existing = await existingOf(run, open, false)
  return rows.map((row) => foretell(run, row, targets, existing))
}

function foretell(run: Run, row: RowToImport, targets: ReadonlyMap<Key, Targets>, existing: Existing): RowForetold {
  const unfound = Object.entries(row.lookups).flatMap(([field, text]) => {
    const target = targets.get(field)?.get(text)
    if (target !== undefined && target !== 'several') return []
    const isOwn = run.module.fields.get(field)?.module === run.module.key
    return [{ field, text, why: target ?? (isOwn ? ('inFile' as const) : ('missing' as const)) }]
  })
  const later = new Set(unfound.filter(({ why }) => why === 'inFile').map(({ field }) => field))
  const lookups = Object.fromEntries(Object.entries(row.lookups).filter(([field]) => !later.has(field)))
  const prepared = prepare(run, { ...row, lookups }, targets, existing)
  if (prepared === 'waits') return { kind: 'create', reasons: [], unfound }
  if ('reasons' in prepared) {
    const reasons = prepared.reasons.filter((reason) => ![...later].some((field) => reason.startsWith(`${field}: `)))
    return { kind: 'reject', reasons, unfound }
  }
  return { kind: prepared.ownerId === undefined ? 'update' : 'create', reasons: [], unfound }
}

/** Settles at least one of the open rows; answers those that are left. */
async function settleSome(
  run: Run,
  open: readonly Open[],
  outcomes: Map<number, RowOutcome>,
): Promise<readonly Open[]> {
  const { first, again } = splitByKey(run, open)
  const waiting = await settleFirst(run, first, outcomes)
  if (waiting.length < first.length) return [...waiting, ...again].sort((one, other) => one.index - other.index)
  const outcome: RowOutcome = run.rules.mayWait ? { kind: 'later' } : rejectedFor(ownLookups(run, waiting))
  for (const { index } of run.rules.mayWait ? open : waiting) outcomes.set(index, outcome)
  return run.rules.mayWait ? [] : again
}

/** The first row of each key, and those that must see what came of it. */
function splitByKey({ rules: { keys } }: Run, open: readonly Open[]) {
  const seen = new Set<string>()
  const first: Open[] = []
  const again: Open[] = []
  for (const one of open) {
    const form = keyOf(keys, one.row)?.name
    if (form !== undefined && seen.has(form)) again.push(one)
    else first.push(one)
    if (form !== undefined) seen.add(form)
  }
  return { first, again }
}

function ownLookups({ module }: Run, waiting: readonly Open[]): string[] {
  const named = new Set(waiting.flatMap(({ row }) => Object.keys(row.lookups)))
  return [...named].filter((key) => module.fields.get(key)?.module === module.key).map((key) => `${key}: ${NO_RECORD}`)
}

/** Settles every row but those that look up a record of the module which isn't there; answers these. */
async function settleFirst(run: Run, rows: readonly Open[], outcomes: Map<number, RowOutcome>): Promise<Open[]> {
  const targets = await targetsOf(run, rows)
  const existing = await existingOf(run, rows)
  const waiting: Open[] = []
  const writes: (RowToWrite & Open)[] = []
  for (const one of rows) {
    const prepared = prepare(run, one.row, targets, existing)
    if (prepared === 'waits') waiting.push(one)
    else if ('reasons' in prepared) outcomes.set(one.index, rejectedFor(prepared.reasons))
    else writes.push({ ...one, ...prepared })
  }
  const unwritten = await writeRows(run.parts, run.reading, run.module, withValues(writes), run.rules.noteAs)
  for (const { index, ownerId } of writes) outcomes.set(index, { kind: ownerId === undefined ? 'updated' : 'created' })
  for (const { row, problem } of unwritten) outcomes.set(row.index, rejectedFor(takenReasons(run, problem)))
  return waiting
}

/** A row that holds nothing but the key of an existing record changes nothing. */
function withValues<Row extends RowToWrite>(writes: readonly Row[]): Row[] {
  return writes.filter(({ ownerId, values }) => ownerId !== undefined || values.size > 0)
}

async function targetsOf({ reading, rules, module }: Run, rows: readonly Open[]): Promise<Map<Key, Targets>> {
  const texts = new Map<Key, Set<string>>()
  for (const { row } of rows) {
    for (const [key, text] of Object.entries(row.lookups)) texts.set(key, (texts.get(key) ?? new Set()).add(text))
  }
  const targets = new Map<Key, Targets>()
  for (const [key, named] of texts) {
    const field = module.fields.get(key)
    if (field) targets.set(key, await findTargets(reading, field, rules.lookupBy[key], named))
  }
  return targets
}

async function existingOf(
  { reading, rules, module }: Run,
  rows: readonly Open[],
  locks = rules.overwrite,
): Promise<Existing> {
  const { keys } = rules
  const existing = new Map<string, ExistingRecord | 'several'>()
  for (const key of keys) {
    const named = rows.map(({ row }) => keyOf(keys, row)).filter((one) => one?.key === key)
    const forms = named.flatMap((one) => one?.form ?? [])
    const found = await findExisting(reading, module, key, forms, locks)
    for (const [form, record] of found) existing.set(nameOf(key, form), record)
  }
  return existing
}

interface RowKey {
  readonly key: Key
  readonly form: string
  readonly name: string
}

/** By what a row is recognized. */
function keyOf(keys: readonly Key[], { values }: RowToImport): RowKey | undefined {
  for (const key of keys) {
    const form = keyForm(key, values[key])
    if (form !== undefined) return { key, form, name: nameOf(key, form) }
  }
  return undefined
}

function nameOf(key: Key, form: string): string {
  return `${key} ${form}`
}

type Prepared = RowToWrite | { readonly reasons: readonly string[] } | 'waits'

function prepare(run: Run, row: RowToImport, targets: ReadonlyMap<Key, Targets>, existing: Existing): Prepared {
  const key = keyOf(run.rules.keys, row)
  const match = key && existing.get(key.name)
  const refused = key && match && refusalOf(run, key.key, match)
  if (refused !== undefined) return { reasons: [refused] }
  const { found, reasons, waits } = lookUp(run, row, targets)
  if (waits && reasons.length === 0) return 'waits'
  const isNew = match === undefined || match === 'several'
  const body = { ...(isNew && row.fallback), ...row.values, ...found }
  const values = tried(() => requireWritable(run.reading, run.module, body, isNew, run.access))
  const ownerId = isNew ? ownerOf(run, row.owner) : undefined
  for (const one of [values, ownerId]) {
    if (one instanceof Problem) reasons.push(...reasonsOf(one).filter((reason) => !isAboutLookup(row, found, reason)))
  }
  if (reasons.length > 0 || values instanceof Problem || ownerId instanceof Problem) return { reasons }
  return { id: isNew ? run.parts.newId() : match.id, ownerId, values }
}

/** A lookup that names no record isn't, on top of that, called empty. */
function isAboutLookup(row: RowToImport, found: Readonly<Record<Key, string>>, reason: string): boolean {
  return Object.keys(row.lookups).some((key) => !Object.hasOwn(found, key) && reason.startsWith(`${key}: `))
}

/** Why the record that a row matches is not changed; nothing where it may be. */
function refusalOf(
  { reading, rules, module }: Run,
  key: Key,
  match: { readonly may: boolean } | 'several',
): string | undefined {
  if (!rules.overwrite) return `${key}: ${EXISTS}`
  if (match === 'several') return `${key}: fits several records`
  if (match.may) return undefined
  const { actor, snapshot } = reading
  const missing = missingOnModule(snapshot.policy, actor.user, module.key, 'overwrite', actor.asking)
  return `${key}: ${EXISTS}. ${missing ? missingAction('overwrite', module.key) : missingLevel('overwrite')}`
}

function lookUp({ module }: Run, row: RowToImport, targets: ReadonlyMap<Key, Targets>) {
  const found: Record<Key, string> = {}
  const reasons: string[] = []
  let waits = false
  for (const [key, text] of Object.entries(row.lookups)) {
    const target = targets.get(key)?.get(text)
    if (target === 'several') reasons.push(`${key}: names several records`)
    else if (target) found[key] = target.id
    else if (module.fields.get(key)?.module === module.key) waits = true
    else reasons.push(`${key}: ${NO_RECORD}`)
  }
  return { found, reasons, waits }
}

function ownerOf({ reading, module, owners }: Run, owner: string | undefined): number | Problem {
  const known = owners.get(owner ?? '')
  if (known !== undefined) return known
  const found = tried(() => requireNewOwner(reading, module, owner))
  owners.set(owner ?? '', found)
  return found
}

/** The result, or the problem that it throws. */
function tried<Result>(work: () => Result): Result | Problem {
  try {
    return work()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

function rejectedFor(reasons: readonly string[]): RowOutcome {
  return { kind: 'rejected', reasons }
}

/** A problem in the words of a file: `field: what is wrong`. */
function reasonsOf({ errors, message }: Problem): string[] {
  if (!errors || errors.length === 0) return [message]
  return errors.map(({ path, message: wrong }) => (path === '' ? wrong : `${path.slice(1)}: ${wrong}`))
}

/** The key of a record that he can't read is spoken of as that of one that he can. */
function takenReasons({ rules: { keys } }: Run, problem: Problem): string[] {
  const key = keys.find((one) => problem.errors?.some(({ path }) => path === `/${one}`))
  return problem.status === 409 && key !== undefined ? [`${key}: ${EXISTS}`] : reasonsOf(problem)
}
