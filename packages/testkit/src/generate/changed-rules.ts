import { CLEARANCES, FIELD_ACCESS, type Key, LEVELS, type PolicyDocument, type RecordFacts } from '@bailiwick/access'
import type { ChangeSeed } from './changes.ts'
import { inTable, inUser } from './in-table.ts'
import { pick } from './pools.ts'
import { restrictionRule, sharingRule } from './rules.ts'
import { attributesOf } from './values.ts'
import type { GeneratedWorld } from './world.ts'

/** What rules, profiles, fields and modules say, said otherwise. */
export function changedRules(world: GeneratedWorld, kind: string, seed: ChangeSeed): Partial<PolicyDocument> {
  const { document, names } = world
  const { sharingRules = {}, restrictionRules = {}, profiles = {}, roles = {}, teams = {} } = document
  const { at, hours } = seed
  switch (kind) {
    case 'change a sharing rule':
      return inTable('sharingRules', sharingRules, Object.keys(sharingRules), at, () => ({
        ownedBy: undefined,
        when: undefined,
        ...sharingRule(world, seed.sharingRule),
      }))
    case 'change a restriction rule':
      return inTable('restrictionRules', restrictionRules, Object.keys(restrictionRules), at, () => ({
        except: undefined,
        when: undefined,
        ...restrictionRule(world, seed.restrictionRule),
      }))
    case 'change what a field is for':
      return changedSensitivity(world, seed)
    case 'change a clearance':
      return inTable('profiles', profiles, names.profiles, at, () => ({ clearance: pick(CLEARANCES, hours) }))
    case 'change the access to a field':
      return changedAccess(world, seed)
    case 'change what colleagues get':
      return at % 2 === 0
        ? inTable('roles', roles, names.roles, at, () => ({ peersGet: pick(LEVELS, hours) }))
        : inTable('teams', teams, names.teams, at, () => ({
            leadersGet: pick(LEVELS, hours),
            membersGet: pick(LEVELS, at),
          }))
    case 'change the attributes of a user':
      return inUser(document, names.users, at, () => {
        const own = attributesOf(world.values, false).filter((_, place) => (place + hours) % 3 !== 0)
        return { attributes: Object.fromEntries(own.map(([key, values], place) => [key, pick(values, at + place)])) }
      })
    default:
      return changedParent(world, seed)
  }
}

/** Of the customer's own modules. */
function ownModules({ document }: GeneratedWorld): Key[] {
  return Object.entries(document.modules ?? {}).flatMap(([key, { fields }]) => (fields?.up ? [key] : []))
}

function changedSensitivity(world: GeneratedWorld, { at, hours }: ChangeSeed): Partial<PolicyDocument> {
  const { modules = {} } = world.document
  return inTable('modules', modules, ownModules(world), at, (place) => {
    const fields = modules[ownModules(world)[place] ?? '']?.fields ?? {}
    const [key, field] = pick(Object.entries(fields), hours)
    return { fields: { ...fields, [key]: { ...field, sensitivity: pick(CLEARANCES, at) } } }
  })
}

function changedAccess(world: GeneratedWorld, { at, hours }: ChangeSeed): Partial<PolicyDocument> {
  const { document, names, modules } = world
  const { profiles = {} } = document
  const { key: module, fields } = pick(modules, hours)
  return inTable('profiles', profiles, names.profiles, at, (place) => {
    const own = profiles[names.profiles[place] ?? '']?.modules ?? {}
    const says = own[module]
    if (!says) return {}
    const field = pick(['default', 'externalId', ...Object.keys(fields)], at + hours)
    const access = { ...says.fields, [field]: pick(FIELD_ACCESS, at) }
    return { modules: { ...own, [module]: { ...says, fields: access } } }
  })
}

function changedParent(world: GeneratedWorld, { at }: ChangeSeed): Partial<PolicyDocument> {
  const { modules = {} } = world.document
  const own = ownModules(world)
  return inTable('modules', modules, own, at, (place) => ({
    parent: modules[own[place] ?? '']?.parent === undefined ? 'up' : undefined,
  }))
}

/** The records under those that their modules' parents lead to now. */
export function hung(world: GeneratedWorld): GeneratedWorld {
  const { document, records } = world
  const byId = new Map(records.map((record) => [record.id, record]))
  const place = (record: RecordFacts): RecordFacts => {
    const parent = document.modules?.[record.module]?.parent
    const above = parent === undefined ? undefined : byId.get(String(record.values[parent] ?? ''))
    return { ...record, parent: above ? place(above) : null }
  }
  const modules = world.modules.map(({ parent: _parent, ...shape }) => {
    const parent = document.modules?.[shape.key]?.parent
    return parent === undefined ? shape : { ...shape, parent }
  })
  return { ...world, modules, records: records.map(place) }
}
