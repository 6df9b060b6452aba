import type { Action, Key, PolicyDocument, SharingRuleDefinition } from '@bailiwick/access'
import { type Staff, userDefinition } from './people.ts'
import { createRandom, type Random } from './random.ts'
import { COUNTRIES, INDUSTRIES } from './record-values.ts'
import type { Shape } from './shape.ts'

const EVERYTHING: readonly Action[] = [
  'create',
  'read',
  'update',
  'delete',
  'comment',
  'share',
  'transfer',
  'confide',
  'export',
  'mass',
]

/** Sees all records by profile, owns none and stands in no role. */
export const AUDITOR = 'auditor'
export const ADMINISTRATOR = 'admin'

/** The policy of the benchmark's company. */
export function makeDocument(shape: Shape, staff: Staff): PolicyDocument {
  const modules = (more: object) => ({
    accounts: { actions: EVERYTHING, ...more },
    deals: { actions: EVERYTHING, ...more },
  })
  return {
    bailiwick: 1,
    organization: { name: 'Bench', timeZone: 'UTC', hierarchy: 'roles' },
    roles: staff.roles,
    profiles: {
      sales: { system: ['useApi', 'viewReports'], modules: modules({}) },
      overview: { system: ['useApi', 'viewReports'], modules: modules({ viewAll: true }) },
    },
    users: {
      [ADMINISTRATOR]: { name: 'Administrator', email: 'admin@bench.example', profiles: ['administrator'] },
      [AUDITOR]: { name: 'Auditor', email: 'auditor@bench.example', profiles: ['overview'] },
      ...Object.fromEntries(staff.people.map((person) => [person.key, userDefinition(person, 'sales')])),
    },
    teams: staff.teams,
    groups: staff.groups,
    sharingRules: makeRules(shape, staff),
  }
}

/** Half of the rules go by owner, a third by values, the rest by both. */
function makeRules(shape: Shape, staff: Staff): Record<Key, SharingRuleDefinition> {
  const random = createRandom(shape.seed + 1)
  const special = Object.values(staff.special).flat()
  const roles = staff.roleKeys.slice(-2).flat()
  const owning = roles.filter((key) => !special.includes(key))
  const rules = Array.from({ length: shape.sharingRules }, (_one, index): [Key, SharingRuleDefinition] => {
    const kind = random.next()
    const module = index % 2 === 0 ? 'accounts' : 'deals'
    return [
      `rule${index}`,
      {
        module,
        ...(kind < 0.5 || kind > 0.83 ? { ownedBy: [`role:${random.pick(owning)}`] } : {}),
        ...(kind < 0.5 ? {} : { when: criterion(module, random) }),
        with: [`group:g${random.below(shape.groups)}`],
        level: random.chance(0.3) ? 'edit' : 'read',
      },
    ]
  })
  return Object.fromEntries(rules)
}

function criterion(module: 'accounts' | 'deals', random: Random): SharingRuleDefinition['when'] {
  if (module === 'deals') {
    const large = { field: 'amount', op: 'gte', value: 200_000 } as const
    return { all: [large, { field: 'type', op: 'eq', value: 'Renewal' }] }
  }
  const country = { field: 'country', op: 'eq', value: random.pick(COUNTRIES.slice(3)) } as const
  return { all: [country, { field: 'industry', op: 'eq', value: random.pick(INDUSTRIES) }] }
}
