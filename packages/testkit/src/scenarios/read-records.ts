import { type FieldDefinition, type FieldValue, type Key, LEVELS } from '@bailiwick/access'
import { isSystemField, type Names, requireField, requireModule, requireOwner } from './names.ts'
import type { Mapping } from './overlay.ts'
import {
  readInstant,
  readList,
  readMapping,
  readOpenMapping,
  readText,
  readYesNo,
  requireOneOf,
  ScenarioMistake,
} from './reader.ts'
import type { RecordKey, ScenarioRecord, ScenarioShare, ScenarioSystem } from './scenario.ts'

/** The records of a scenario, each after those it looks up. Throws ScenarioMistake at the first thing that can't be meant. */
export function readRecords(value: unknown, path: string, names: Names): readonly ScenarioRecord[] {
  const entries = Object.entries(readOpenMapping(value, path))
  const records = new Map(entries.map(([key, record]) => [key, readRecord(key, record, `${path}/${key}`, names)]))
  for (const record of records.values()) requireLookups(record, records, names, `${path}/${record.key}/lookups`)
  return lookedUpFirst(records, path)
}

function readRecord(key: RecordKey, value: unknown, path: string, names: Names): ScenarioRecord {
  const optional = ['values', 'lookups', 'confidential', 'deleted', 'shares', 'system', 'ownerIsGone']
  const mapping = readMapping(value, path, { required: ['module', 'owner'], optional })
  const module = requireModule(names, mapping.module, `${path}/module`)
  return {
    key,
    module,
    owner: readOwner(mapping, `${path}/owner`, names),
    confidential: readFlag(mapping.confidential, `${path}/confidential`),
    deleted: readFlag(mapping.deleted, `${path}/deleted`),
    values: readValues(mapping.values ?? {}, `${path}/values`, module, names),
    lookups: readLookups(mapping.lookups ?? {}, `${path}/lookups`),
    shares: readList(mapping.shares ?? [], `${path}/shares`).map((share, i) => readShare(share, `${path}/shares/${i}`)),
    system: readSystem(mapping.system ?? {}, `${path}/system`),
  }
}

/** Of the policy, unless it is said that the policy knows him no more. */
function readOwner({ owner, ownerIsGone }: Mapping, path: string, names: Names): string {
  if (!readFlag(ownerIsGone, `${path}IsGone`)) return requireOwner(names, owner, path)
  return readMatching(owner, path, /^(user|team):./, 'owner')
}

function readSystem(value: unknown, path: string): ScenarioSystem {
  const optional = ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version']
  const mapping = readMapping(value, path, { optional })
  const instant = (key: 'createdAt' | 'updatedAt') =>
    mapping[key] === undefined ? {} : { [key]: new Date(readInstant(mapping[key], `${path}/${key}`)).toISOString() }
  const person = (key: 'createdBy' | 'updatedBy') =>
    mapping[key] === undefined ? {} : { [key]: readMatching(mapping[key], `${path}/${key}`, /^user:./, 'user') }
  const version = mapping.version === undefined ? {} : { version: readNumber(mapping.version, `${path}/version`) }
  return {
    ...instant('createdAt'),
    ...person('createdBy'),
    ...instant('updatedAt'),
    ...person('updatedBy'),
    ...version,
  }
}

function readFlag(value: unknown, path: string): boolean {
  return value !== undefined && readYesNo(value, path)
}

function readLookups(value: unknown, path: string): { readonly [field: Key]: RecordKey } {
  const entries = Object.entries(readOpenMapping(value, path))
  return Object.fromEntries(entries.map(([field, key]) => [field, readText(key, `${path}/${field}`)]))
}

function readShare(value: unknown, path: string): ScenarioShare {
  const mapping = readMapping(value, path, { required: ['with', 'level'], optional: ['expiresAt'] })
  const share = {
    with: readText(mapping.with, `${path}/with`),
    level: requireOneOf(mapping.level, LEVELS, `${path}/level`, 'level'),
  }
  if (mapping.expiresAt === undefined) return share
  return { ...share, expiresAt: readInstant(mapping.expiresAt, `${path}/expiresAt`) }
}

function readValues(value: unknown, path: string, module: Key, names: Names): { readonly [field: Key]: FieldValue } {
  const values: { [field: Key]: FieldValue } = {}
  for (const [field, given] of Object.entries(readOpenMapping(value, path))) {
    const definition = requireField(names, module, field, `${path}/${field}`)
    if (isSystemField(field))
      throw new ScenarioMistake(`${path}/${field}`, 'a system field is not given among the values')
    values[field] = readValue(given, `${path}/${field}`, definition)
  }
  return values
}

const NUMBERS = ['number', 'integer', 'money', 'percent']

function readValue(value: unknown, path: string, definition: FieldDefinition): FieldValue {
  if (value === null) return null
  if (definition.type === 'lookup') throw new ScenarioMistake(path, 'a lookup is given under lookups, by record key')
  if (NUMBERS.includes(definition.type)) return readNumber(value, path)
  if (definition.type === 'boolean') return readYesOrNoValue(value, path)
  if (definition.type === 'date') return readMatching(value, path, /^\d{4}-\d\d-\d\d$/, 'date')
  if (definition.type === 'dateTime') return new Date(readInstant(value, path)).toISOString()
  if (definition.type === 'choice') return requireOneOf(value, optionsOf(definition), path, 'option')
  if (definition.type === 'choices') return readChoices(value, path, definition)
  return readMatching(value, path, /^/, 'text')
}

function readNumber(value: unknown, path: string): number {
  if (typeof value === 'number') return value
  throw new ScenarioMistake(path, `${JSON.stringify(value)} is no number`)
}

function readYesOrNoValue(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value
  throw new ScenarioMistake(path, `${JSON.stringify(value)} is neither true nor false`)
}

function readMatching(value: unknown, path: string, pattern: RegExp, noun: string): string {
  if (typeof value === 'string' && pattern.test(value)) return value
  throw new ScenarioMistake(path, `${JSON.stringify(value)} is no ${noun}`)
}

function readChoices(value: unknown, path: string, definition: FieldDefinition): readonly string[] {
  return readList(value, path).map((item, i) => requireOneOf(item, optionsOf(definition), `${path}/${i}`, 'option'))
}

function optionsOf(definition: FieldDefinition): readonly string[] {
  return (definition.options ?? []).map((option) => (typeof option === 'string' ? option : option.value))
}

function requireLookups(
  record: ScenarioRecord,
  records: ReadonlyMap<RecordKey, ScenarioRecord>,
  names: Names,
  path: string,
): void {
  for (const [field, key] of Object.entries(record.lookups)) {
    const definition = requireField(names, record.module, field, `${path}/${field}`)
    if (definition.type !== 'lookup') throw new ScenarioMistake(`${path}/${field}`, 'this field is no lookup')
    const target = records.get(requireOneOf(key, [...records.keys()], `${path}/${field}`, 'record'))!
    requireOneOf(target.module, [definition.module ?? ''], `${path}/${field}`, 'module that this field looks up')
  }
}

function lookedUpFirst(records: ReadonlyMap<RecordKey, ScenarioRecord>, path: string): readonly ScenarioRecord[] {
  const placed = new Set<ScenarioRecord>()
  const place = (record: ScenarioRecord, from: readonly RecordKey[]): void => {
    if (from.includes(record.key)) throw new ScenarioMistake(path, `records look each other up: ${from.join(', ')}`)
    for (const key of Object.values(record.lookups)) place(records.get(key)!, [...from, record.key])
    placed.add(record)
  }
  for (const record of records.values()) place(record, [])
  return [...placed]
}
