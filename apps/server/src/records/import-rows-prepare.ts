import type { FieldAccess, Key, PolicyModule } from '@bailiwick/access'
import { fields as fieldsOf, missingOnModule } from '@bailiwick/access'
import { Problem } from '../problem.ts'
import { requireNewOwner } from './create-record.ts'
import { type Existing, type ExistingRecord, findExisting, keyForm } from './import-rows-existing.ts'
import { findTargets, type Targets } from './import-rows-lookups.ts'
import type { RowToWrite } from './import-rows-write.ts'
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
  /** The same, for what the row leaves empty, where it makes a new record; a lookup names its record as the file would. */
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

/** Rows that one person imports into a module, with what is worked out once for all of them. */
export interface Run {
  readonly parts: RecordsParts
  readonly reading: Reading
  readonly rules: ImportRules
  readonly module: PolicyModule
  readonly access: ReadonlyMap<Key, FieldAccess>
  readonly owners: Map<string, number | Problem>
}

/** A row, and where it stands among those that came with it. */
export interface Open {
  readonly index: number
  readonly row: RowToImport
}

export const EXISTS = 'exists already'
export const NO_RECORD = 'names no record that is there'

/** @throws Problem 404 or 403 where the person may not import into the module at all */
export function beginRun(parts: RecordsParts, reading: Reading, rules: ImportRules): Run {
  const module = requireModule(reading, rules.module, 'import')
  const access = fieldsOf(reading.snapshot.policy, reading.actor.user, module.key)
  return { parts, reading, rules, module, access, owners: new Map() }
}

/** Lookup field → the records that the rows' texts name. */
export async function targetsOf({ reading, rules, module }: Run, rows: readonly Open[]): Promise<Map<Key, Targets>> {
  const named = textsOf(rows.flatMap(({ row }) => Object.entries(row.lookups)))
  const fallback = textsOf(rows.flatMap(({ row }) => fallbackLookups(module, row)))
  const targets = new Map<Key, Targets>()
  for (const key of new Set([...named.keys(), ...fallback.keys()])) {
    const field = module.fields.get(key)
    if (!field) continue
    const find = (by: Key | undefined, texts: ReadonlySet<string> = new Set()) => findTargets(reading, field, by, texts)
    const found = [await find(undefined, fallback.get(key)), await find(rules.lookupBy[key], named.get(key))]
    targets.set(key, new Map(found.flatMap((each) => [...each])))
  }
  return targets
}

function textsOf(named: readonly (readonly [Key, string])[]): Map<Key, Set<string>> {
  const texts = new Map<Key, Set<string>>()
  for (const [key, text] of named) texts.set(key, (texts.get(key) ?? new Set()).add(text))
  return texts
}

/** What the row looks up where it makes a new record and its file says nothing. */
function fallbackLookups({ fields }: PolicyModule, { fallback, lookups }: RowToImport): (readonly [Key, string])[] {
  return Object.entries(fallback).flatMap(([key, value]) =>
    fields.get(key)?.type === 'lookup' && !Object.hasOwn(lookups, key) && isNamed(value) ? [[key, String(value)]] : [],
  )
}

function isNamed(value: unknown): boolean {
  return value !== null && value !== undefined && value !== ''
}

/** The records that rows match by their keys, locked where they are to be changed. */
export async function existingOf(
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
export function keyOf(keys: readonly Key[], { values }: RowToImport): RowKey | undefined {
  for (const key of keys) {
    const form = keyForm(key, values[key])
    if (form !== undefined) return { key, form, name: nameOf(key, form) }
  }
  return undefined
}

function nameOf(key: Key, form: string): string {
  return `${key} ${form}`
}

export type Prepared = RowToWrite | { readonly reasons: readonly string[] } | 'waits'

/** What is to be written of a row, why it is rejected, or that it waits for a record of its own module. */
export function prepare(run: Run, row: RowToImport, targets: ReadonlyMap<Key, Targets>, existing: Existing): Prepared {
  const key = keyOf(run.rules.keys, row)
  const match = key && existing.get(key.name)
  const refused = key && match && refusalOf(run, key.key, match)
  if (refused !== undefined) return { reasons: [refused] }
  const isNew = match === undefined || match === 'several'
  const { found, reasons, waits } = lookUp(run, row, targets)
  const usual = isNew ? lookUpFallback(run, row, targets) : NOTHING_ASKED
  reasons.push(...usual.reasons)
  if (waits && reasons.length === 0) return 'waits'
  const body = { ...(isNew && plainFallback(run, row)), ...usual.found, ...row.values, ...found }
  const values = tried(() => requireWritable(run.reading, run.module, body, isNew, run.access))
  const ownerId = isNew ? ownerOf(run, row.owner) : undefined
  const unfound = [...Object.keys(row.lookups), ...usual.asked].filter((lookup) => !Object.hasOwn(body, lookup))
  for (const one of [values, ownerId]) {
    if (one instanceof Problem) reasons.push(...reasonsOf(one).filter((reason) => !isAboutLookup(unfound, reason)))
  }
  if (reasons.length > 0 || values instanceof Problem || ownerId instanceof Problem) return { reasons }
  return { id: isNew ? run.parts.newId() : match.id, ownerId, values }
}

/** A lookup that names no record isn't, on top of that, called empty. */
function isAboutLookup(unfound: readonly Key[], reason: string): boolean {
  return unfound.some((key) => reason.startsWith(`${key}: `))
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

interface FoundFallback {
  readonly asked: readonly Key[]
  readonly found: Readonly<Record<Key, string>>
  readonly reasons: readonly string[]
}

const NOTHING_ASKED: FoundFallback = { asked: [], found: {}, reasons: [] }

/** Here, too, a record that he can't read is one that isn't there. */
function lookUpFallback({ module }: Run, row: RowToImport, targets: ReadonlyMap<Key, Targets>): FoundFallback {
  const found: Record<Key, string> = {}
  const reasons: string[] = []
  const lookups = fallbackLookups(module, row)
  for (const [key, text] of lookups) {
    const target = targets.get(key)?.get(text)
    if (target === 'several') reasons.push(`${key}: names several records`)
    else if (target) found[key] = target.id
    else reasons.push(`${key}: ${NO_RECORD}`)
  }
  return { asked: lookups.map(([key]) => key), found, reasons }
}

/** What stands in for an empty cell, but for lookups. */
function plainFallback({ module }: Run, { fallback }: RowToImport): Readonly<Record<Key, unknown>> {
  return Object.fromEntries(Object.entries(fallback).filter(([key]) => module.fields.get(key)?.type !== 'lookup'))
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

/** A problem in the words of a file: `field: what is wrong`. */
export function reasonsOf({ errors, message }: Problem): string[] {
  if (!errors || errors.length === 0) return [message]
  return errors.map(({ path, message: wrong }) => (path === '' ? wrong : `${path.slice(1)}: ${wrong}`))
}
