import {
  type FieldAccess,
  fields as fieldsOf,
  isTextType,
  type Key,
  type OwnerRef,
  type PolicyField,
  type PolicyModule,
} from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { invalidInput, notPermitted } from '../problem.ts'
import { requireNewOwner } from '../records/create-record.ts'
import { requireModule } from '../records/require-module.ts'
import type { Reading } from '../records/stamped.ts'
import { noSuchField, pointer } from '../records/writable-values.ts'
import type { DateOrder, DecimalMark } from './cell-styles.ts'
import type { ImportMapping, ImportOptions } from './mapping.ts'
import { indexPeople, type PeopleNames } from './people-names.ts'
import { bareName, namesOwner, wellKnownFields } from './well-known-names.ts'

/** A column that becomes a field. */
export interface ColumnPlan {
  /** Where it stands in a row. */
  readonly index: number
  readonly header: string
  readonly field: PolicyField
  /** What is in the file → what it means. */
  readonly values?: Readonly<Record<string, string>>
  readonly dateOrder?: DateOrder
  readonly decimal?: DecimalMark
  /** How the column was found, where no mapping named it: 1 for the field's own key, less for names. */
  readonly confidence?: number
}

/** How each row of a file is to be read, for one person under one policy. */
export interface ImportPlan {
  readonly module: PolicyModule
  readonly columns: readonly ColumnPlan[]
  /** Headers of the columns that are left out. */
  readonly unmapped: readonly string[]
  /** Which column names the owner. Where it was found by its name alone, an owner that nobody knows is whoever imports. */
  readonly owner?: {
    readonly index: number
    readonly values: Readonly<Record<string, string>>
    readonly isGuessed: boolean
  }
  /** Whose all records become, whatever the file says. */
  readonly fixedOwner?: OwnerRef
  /** By which fields existing records are recognized: by the first of them that a row fills. */
  readonly keys: readonly Key[]
  readonly lookupBy: Readonly<Record<Key, Key>>
  readonly defaults: Readonly<Record<Key, unknown>>
  /** The title field, where no column has it and records can't be without: made of what the row looks up. */
  readonly madeTitle?: Key
  /** The fields that he may fill from a file. */
  readonly settable: readonly PolicyField[]
  readonly people: PeopleNames
  readonly timeZone: string
}

interface Context {
  readonly reading: Reading
  readonly module: PolicyModule
  readonly access: ReadonlyMap<Key, FieldAccess>
  readonly header: readonly string[]
  readonly errors: InputError[]
  /** Fields that he sees but may not change. */
  readonly locked: Set<Key>
}

/**
 * Decides which column becomes which field: as the mapping says, or by the names of the columns.
 * @throws Problem 404 or 403 where he may not import into the module; 422 with everything wrong about the mapping, where a hidden field
 * is one that isn't there; 403 for fields that he sees but may not change.
 */
export function planImport(
  reading: Reading,
  moduleKey: Key,
  header: readonly string[],
  mapping: ImportMapping,
  { match, mayBeEmpty = false }: { readonly match?: ImportOptions['match']; readonly mayBeEmpty?: boolean } = {},
): ImportPlan {
  const module = requireModule(reading, moduleKey, 'import')
  const { policy } = reading.snapshot
  const access = fieldsOf(policy, reading.actor.user, module.key)
  const context: Context = { reading, module, access, header, errors: [], locked: new Set() }
  const columns = mapping.columns ? mappedColumns(context, mapping.columns) : guessedColumns(context)
  const owner = ownerColumn(context, mapping, columns)
  const fixedOwner = ownerOfAll(context, mapping)
  const keys = keyFields(
    context,
    match ?? mapping.key,
    match === undefined ? '/mapping/key' : '/options/match',
    columns,
  )
  requireSettable(context, Object.keys(mapping.defaults ?? {}), '/mapping/defaults')
  if (context.errors.length > 0) throw invalidInput(context.errors)
  if (context.locked.size > 0) throw notPermitted(`You can see but not change: ${[...context.locked].join(', ')}.`)
  if (columns.length === 0 && !mayBeEmpty) throw invalidInput([{ path: '/file', message: NO_COLUMN }])
  const taken = new Set([...columns.map((column) => column.index), ...(owner ? [owner.index] : [])])
  return {
    module,
    columns,
    unmapped: header.filter((name, index) => name !== '' && !taken.has(index)),
    owner,
    fixedOwner,
    keys,
    lookupBy: lookupFields(mapping),
    defaults: mapping.defaults ?? {},
    madeTitle: madeTitle(context, mapping, columns),
    settable: settableFields(context),
    people: indexPeople(policy),
    timeZone: policy.timeZone,
  }
}

const NO_COLUMN = 'has no column that becomes a field: say in the mapping which column is what'

function mappedColumns(context: Context, columns: NonNullable<ImportMapping['columns']>): ColumnPlan[] {
  return Object.entries(columns).flatMap(([header, given]): ColumnPlan[] => {
    const path = `/mapping/columns${pointer(header)}`
    const { field: key, values, lookup, dateFormat, decimal } = typeof given === 'string' ? { field: given } : given
    const index = indexOf(context, header, path)
    const [field] = requireSettable(context, [key], path)
    if (lookup !== undefined && field) requireNaming(context, field, lookup, path)
    const dateOrder = dateFormat === undefined ? undefined : orderOf(context, dateFormat, path)
    return field && index !== undefined ? [{ index, header, field, values, dateOrder, decimal }] : []
  })
}

function indexOf({ header, errors }: Context, name: string, path: string): number | undefined {
  const index = header.indexOf(name.trim())
  if (index >= 0) return index
  errors.push({ path, message: `the file has no column "${name}"` })
  return undefined
}

function requireSettable(
  { module, access, errors, locked }: Context,
  keys: readonly Key[],
  path: string,
): PolicyField[] {
  return keys.flatMap((key) => {
    const field = module.fields.get(key)
    if (!field || (access.get(key) ?? 'hidden') === 'hidden') errors.push({ path, message: noSuchField(key) })
    else if (!isFilledIn(field)) errors.push({ path, message: `"${key}" is not set this way` })
    else if (access.get(key) !== 'edit') locked.add(key)
    else return [field]
    return []
  })
}

/** Whether values for the field come from outside at all. */
function isFilledIn(field: PolicyField): boolean {
  return !field.system && field.type !== 'autoNumber' && field.type !== 'file'
}

/** Records can only be named by a text of theirs that he reads in clear. */
function requireNaming({ reading, errors }: Context, field: PolicyField, by: Key, path: string): void {
  const { policy } = reading.snapshot
  if (field.type !== 'lookup' || field.module === undefined) {
    errors.push({ path: `${path}/lookup`, message: `"${field.key}" looks nothing up` })
    return
  }
  const named = policy.modules.get(field.module)?.fields.get(by)
  const access = fieldsOf(policy, reading.actor.user, field.module).get(by) ?? 'hidden'
  if (!named || access === 'hidden') errors.push({ path: `${path}/lookup`, message: noSuchField(by) })
  else if (access === 'masked' || named.encrypted || !isTextType(named.type))
    errors.push({ path: `${path}/lookup`, message: `records can't be looked up by "${by}"` })
}

function orderOf({ errors }: Context, format: string, path: string): DateOrder | undefined {
  const order = format
    .toLowerCase()
    .replace(/[^dmy]/g, '')
    .replace(/(.)\1+/g, '$1')
  if (order === 'dmy' || order === 'mdy') return order
  if (order !== 'ymd') errors.push({ path: `${path}/dateFormat`, message: 'must be like DD/MM/YYYY or MM/DD/YYYY' })
  return undefined
}

function settableFields({ module, access }: Context): PolicyField[] {
  return [...module.fields.values()].filter((field) => isFilledIn(field) && access.get(field.key) === 'edit')
}

/** By the fields' keys first, then by what other systems call them, then by their names in any language. */
function guessedColumns(context: Context): ColumnPlan[] {
  const { module, header } = context
  const open = settableFields(context)
  const byKey = new Map(open.map((field) => [bareName(field.key), field]))
  const byName = new Map(open.flatMap((field) => namesOf(field).map((name) => [name, field])))
  const ways = [
    { confidence: 1, find: (name: string) => byKey.get(bareName(name)) },
    { confidence: 0.95, find: (name: string) => knownElsewhere(open, module.key, name) },
    { confidence: 0.9, find: (name: string) => byName.get(bareName(name)) },
  ]
  const columns = new Map<PolicyField, ColumnPlan>()
  const taken = new Set<number>()
  for (const { find, confidence } of ways) {
    header.forEach((name, index) => {
      const field = taken.has(index) || bareName(name) === '' ? undefined : find(name)
      if (!field || columns.has(field)) return
      columns.set(field, { index, header: name, field, confidence })
      taken.add(index)
    })
  }
  return [...columns.values()].sort((one, other) => one.index - other.index)
}

function knownElsewhere(open: readonly PolicyField[], module: Key, name: string): PolicyField | undefined {
  const keys = wellKnownFields(module, name)
  return keys.map((key) => open.find((field) => field.key === key)).find((field) => field !== undefined)
}

function namesOf({ name }: PolicyField): string[] {
  return (typeof name === 'string' ? [name] : Object.values(name)).map(bareName).filter((bare) => bare !== '')
}

function ownerColumn(context: Context, mapping: ImportMapping, columns: readonly ColumnPlan[]): ImportPlan['owner'] {
  if (typeof mapping.owner === 'object' && 'owner' in mapping.owner) return undefined
  if (mapping.owner !== undefined) {
    const { column, values = {} } = typeof mapping.owner === 'string' ? { column: mapping.owner } : mapping.owner
    const index = indexOf(context, column, '/mapping/owner')
    return index === undefined ? undefined : { index, values, isGuessed: false }
  }
  if (mapping.columns) return undefined
  const index = context.header.findIndex(
    (name, at) => namesOwner(name) && !columns.some((column) => column.index === at),
  )
  return index < 0 ? undefined : { index, values: {}, isGuessed: true }
}

/** @throws Problem 403 where he may not give records to others, 422 where there is no such owner */
function ownerOfAll({ reading, module, errors }: Context, { owner }: ImportMapping): OwnerRef | undefined {
  if (typeof owner !== 'object' || !('owner' in owner)) return undefined
  const named = indexPeople(reading.snapshot.policy).findOwner(owner.owner)
  if (named === undefined) errors.push({ path: '/mapping/owner', message: NO_OWNER })
  else requireNewOwner(reading, module, named)
  return named
}

/** By which fields existing records are recognized: those given, or `externalId` where a column has it. */
function keyFields(
  { errors }: Context,
  given: ImportOptions['match'],
  path: string,
  columns: readonly ColumnPlan[],
): Key[] {
  const asked = typeof given === 'string' ? [given] : (given ?? ['externalId'])
  const keys = asked.filter((key) => columns.some(({ field }) => field.key === key && isNaming(field)))
  if (given !== undefined && keys.length < asked.length) errors.push({ path, message: NO_KEY })
  return keys
}

const NO_KEY = 'must be a text field that a column becomes'
export const NO_OWNER = 'must name an active user (by key, e-mail address or name) or a team'

function isNaming({ encrypted, type }: PolicyField): boolean {
  return !encrypted && isTextType(type) && type !== 'choices'
}

function lookupFields({ columns }: ImportMapping): Readonly<Record<Key, Key>> {
  const given = Object.values(columns ?? {}).flatMap((one) =>
    typeof one === 'object' && one.lookup !== undefined ? [[one.field, one.lookup] as const] : [],
  )
  return Object.fromEntries(given)
}

function madeTitle(
  { module, access }: Context,
  mapping: ImportMapping,
  columns: readonly ColumnPlan[],
): Key | undefined {
  const title = module.titleField
  if (mapping.columns || !title?.required || !isTextType(title.type) || access.get(title.key) !== 'edit')
    return undefined
  const isThere = columns.some(({ field }) => field === title) || Object.hasOwn(mapping.defaults ?? {}, title.key)
  return isThere ? undefined : title.key
}
