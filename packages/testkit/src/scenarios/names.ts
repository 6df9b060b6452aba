import type {
  FieldDefinition,
  FieldType,
  Key,
  ModuleCatalogue,
  ModuleDefinition,
  PolicyDocument,
} from '@bailiwick/access'
import { requireOneOf, ScenarioMistake } from './reader.ts'

const SYSTEM_FIELDS: { readonly [field: Key]: FieldType } = {
  id: 'text',
  owner: 'user',
  confidential: 'boolean',
  createdAt: 'dateTime',
  createdBy: 'user',
  updatedAt: 'dateTime',
  updatedBy: 'user',
  version: 'integer',
  externalId: 'text',
}

/** The names that a scenario's questions may use: the document's people, and modules with the fields of both sources. */
export interface Names {
  readonly users: readonly Key[]
  readonly teams: readonly Key[]
  readonly modules: { readonly [module: Key]: { readonly [field: Key]: FieldDefinition } }
}

export function namesOf(policy: PolicyDocument, catalogue: ModuleCatalogue): Names {
  const modules: { [module: Key]: { [field: Key]: FieldDefinition } } = {}
  for (const source of [catalogue, policy.modules ?? {}]) {
    for (const [key, module] of Object.entries(source)) modules[key] = { ...modules[key], ...fieldsOf(module) }
  }
  return { users: Object.keys(policy.users ?? {}), teams: Object.keys(policy.teams ?? {}), modules }
}

function fieldsOf(module: ModuleDefinition): { readonly [field: Key]: FieldDefinition } {
  const system = Object.entries(SYSTEM_FIELDS).map(([key, type]) => [key, { type }] as const)
  return { ...Object.fromEntries(system), ...module.fields }
}

/** Whether a record brings the field by itself, so that a scenario can't give it among the values. */
export function isSystemField(field: Key): boolean {
  return Object.hasOwn(SYSTEM_FIELDS, field) && field !== 'externalId'
}

export function requireUser(names: Names, value: unknown, path: string): Key {
  return requireOneOf(value, names.users, path, 'user of the policy')
}

export function requireModule(names: Names, value: unknown, path: string): Key {
  return requireOneOf(value, Object.keys(names.modules), path, 'module')
}

/** The definition of a field of the module; throws ScenarioMistake where there is none. */
export function requireField(names: Names, module: Key, field: unknown, path: string): FieldDefinition {
  const fields = names.modules[module] ?? {}
  return fields[requireOneOf(field, Object.keys(fields), path, `field of ${module}`)]!
}

/** An owner as written, `user:anna` or `team:support`, of whom the policy knows. */
export function requireOwner(names: Names, value: unknown, path: string): string {
  const known = [...names.users.map((user) => `user:${user}`), ...names.teams.map((team) => `team:${team}`)]
  if (!known.some((owner) => owner === value)) {
    throw new ScenarioMistake(
      path,
      `${JSON.stringify(value)} is no user or team of the policy (user:anna is the spelling)`,
    )
  }
  return String(value)
}
