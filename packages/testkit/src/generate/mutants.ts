import type {
  Condition,
  PolicyDocument,
  Principal,
  ProfileDefinition,
  ProfileModule,
  RecordFacts,
} from '@bailiwick/access'
import type { GeneratedWorld } from './world.ts'

/** A mistake that a reading of the law could make, as a world seen wrongly: whoever answers for it answers as if he erred so. */
export interface Mutant {
  readonly mistake: string
  /** It shows in what conditions hold on, which is asked by itself: rules hide much of it. */
  readonly isOfConditions?: boolean
  readonly see: (world: GeneratedWorld) => GeneratedWorld
}

const inDocument = (mistake: string, see: (document: PolicyDocument) => Partial<PolicyDocument>): Mutant => ({
  mistake,
  see: (world) => ({ ...world, document: { ...world.document, ...see(world.document) } }),
})

const inRecords = (mistake: string, see: (record: RecordFacts, now: number) => RecordFacts): Mutant => ({
  mistake,
  see: (world) => {
    const deep = (record: RecordFacts): RecordFacts => {
      return see({ ...record, parent: record.parent ? deep(record.parent) : null }, world.now)
    }
    return { ...world, records: world.records.map(deep) }
  },
})

/** Every entry of a table, seen differently. */
function each<T, U>(table: { readonly [key: string]: T } | undefined, see: (entry: T) => U): { [key: string]: U } {
  return Object.fromEntries(Object.entries(table ?? {}).map(([key, entry]) => [key, see(entry)]))
}

const inProfiles = (mistake: string, see: (profile: ProfileDefinition) => ProfileDefinition): Mutant =>
  inDocument(mistake, ({ profiles }) => ({ profiles: each(profiles, see) }))

const inProfileModules = (mistake: string, see: (module: ProfileModule) => ProfileModule): Mutant =>
  inProfiles(mistake, (profile) => ({ ...profile, modules: each(profile.modules, see) }))

const ofConditions = (mutant: Mutant): Mutant => ({ ...mutant, isOfConditions: true })

/** Every condition of every rule, seen differently. */
const inConditions = (mistake: string, see: (condition: Condition) => Condition): Mutant => {
  const deep = (condition: Condition): Condition => {
    if ('all' in condition) return { all: condition.all.map(deep) }
    if ('any' in condition) return { any: condition.any.map(deep) }
    return 'not' in condition ? { not: deep(condition.not) } : see(condition)
  }
  const inRule = <R extends { readonly when?: Condition }>(rule: R) =>
    rule.when ? { ...rule, when: deep(rule.when) } : rule
  return ofConditions(
    inDocument(mistake, ({ sharingRules, restrictionRules }) => ({
      sharingRules: each(sharingRules, inRule),
      restrictionRules: each(restrictionRules, inRule),
    })),
  )
}

const withoutGroups = (members: readonly Principal[] = []) => members.filter((member) => !member.startsWith('group:'))

export const mutants: readonly Mutant[] = [
  inRecords('the confidential cap is forgotten', (record) => ({ ...record, confidential: false })),
  inRecords('a share that has expired counts', (record) => ({
    ...record,
    shares: record.shares.map((share) => ({ ...share, expiresAt: undefined })),
  })),
  inRecords('a share counts at the very instant of its end', (record, now) => ({
    ...record,
    shares: record.shares.map((share) => (share.expiresAt === now ? { ...share, expiresAt: now + 1 } : share)),
  })),
  inRecords('every share gives full', (record) => ({
    ...record,
    shares: record.shares.map((share) => ({ ...share, level: 'full' })),
  })),
  inRecords('shares are forgotten', (record) => ({ ...record, shares: [] })),
  inRecords('a deleted record, or parent, counts', (record) => ({ ...record, deleted: false })),
  inRecords('parents are forgotten', (record) => ({ ...record, parent: null })),
  inRecords('the caps of the parent are forgotten', (record) => ({
    ...record,
    parent: record.parent ? { ...record.parent, confidential: false } : null,
  })),
  inRecords('an owner team is forgotten', (record) =>
    record.owner.startsWith('team:') ? { ...record, owner: 'user:gone' } : record,
  ),
  ofConditions(inRecords('ß is ss', (record) => ({ ...record, values: each(record.values, sharpless) }))),
  ofConditions(
    inRecords('a decomposed letter is another', (record) => ({
      ...record,
      values: each(record.values, (value) => (value === 'a\u030a' ? 'a' : value)),
    })),
  ),
  inDocument('who is suspended is let in', ({ users }) => ({
    users: each(users, (user) => ({ ...user, status: user.status === 'suspended' ? 'active' : user.status })),
  })),
  inDocument('who left is let in', ({ users }) => ({
    users: each(users, (user) => ({ ...user, status: user.status === 'removed' ? 'active' : user.status })),
  })),
  inDocument('a leaver is in nothing any more', ({ users, teams, groups }) => {
    const isLeaver = (key: string) => users?.[key]?.status === 'removed' || users?.[key]?.status === 'suspended'
    return {
      users: each(users, (user) => (user.status === 'removed' ? { ...user, role: undefined } : user)),
      teams: each(teams, (team) => ({ ...team, members: team.members?.filter((key) => !isLeaver(key)) })),
      groups,
    }
  }),
  inDocument('roles and reporting line are confused', ({ organization }) => ({
    organization: { ...organization, hierarchy: organization?.hierarchy === 'reporting' ? 'roles' : 'reporting' },
  })),
  inDocument('superiors see what is confidential', ({ organization }) => ({
    organization: { ...organization, confidentialSuperiors: true },
  })),
  ofConditions(
    inDocument('the time zone is UTC', ({ organization }) => ({ organization: { ...organization, timeZone: 'UTC' } })),
  ),
  inDocument('peers are forgotten', ({ roles }) => ({ roles: each(roles, (role) => ({ ...role, peersGet: 'none' })) })),
  inDocument('leaders are forgotten', ({ teams }) => ({
    teams: each(teams, (team) => ({ ...team, leadersGet: 'none' })),
  })),
  inDocument('a leader is no member', ({ teams }) => ({
    teams: each(teams, (team) => ({ ...team, membersGet: team.leaders?.length ? 'none' : team.membersGet })),
  })),
  inDocument('fellow members are forgotten', ({ teams }) => ({
    teams: each(teams, (team) => ({ ...team, membersGet: 'none' })),
  })),
  inDocument('groups in groups are forgotten', ({ groups }) => ({
    groups: each(groups, (group) => ({ ...group, members: withoutGroups(group.members) })),
  })),
  inDocument('subordinate roles are forgotten', (document) => ({
    sharingRules: each(document.sharingRules, (rule) => ({
      ...rule,
      with: rule.with.map((principal) => principal.replace('role+:', 'role:')),
    })),
  })),
  inDocument('superiorsGet is forgotten', ({ modules }) => ({
    modules: each(modules, (module) => ({ ...module, superiorsGet: 'full' })),
  })),
  inDocument('sharing defaults are forgotten', ({ modules }) => ({
    modules: each(modules, (module) => ({ ...module, sharing: 'none' })),
  })),
  inDocument('ownedBy is forgotten', ({ sharingRules }) => ({
    sharingRules: each(sharingRules, ({ ownedBy: _, ...rule }) => rule),
  })),
  inDocument('when is forgotten in sharing rules', ({ sharingRules }) => ({
    sharingRules: each(sharingRules, ({ when: _, ...rule }) => rule),
  })),
  inDocument('when is forgotten in restriction rules', ({ restrictionRules }) => ({
    restrictionRules: each(restrictionRules, ({ when: _, ...rule }) => rule),
  })),
  inDocument('except is forgotten', ({ restrictionRules }) => ({
    restrictionRules: each(restrictionRules, ({ except: _, ...rule }) => rule),
  })),
  inDocument('restriction rules are forgotten', () => ({ restrictionRules: {} })),
  inDocument('sharing rules are forgotten', () => ({ sharingRules: {} })),
  inDocument('only the first profile counts', ({ users }) => ({
    users: each(users, (user) => ({ ...user, profiles: user.profiles?.slice(0, 1) })),
  })),
  ofConditions(
    inDocument('attributes are forgotten', ({ users }) => ({
      users: each(users, (user) => ({ ...user, attributes: {} })),
    })),
  ),
  inDocument('the administrator is held to be a stranger', ({ users }) => ({
    users: each(users, (user) => ({ ...user, profiles: user.profiles?.filter((key) => key !== 'administrator') })),
  })),
  inProfiles('clearances are forgotten', (profile) => ({ ...profile, clearance: 'restricted' })),
  inProfiles('sign-in windows are forgotten', ({ signIn: _, ...profile }) => profile),
  inProfiles('networks are forgotten', ({ networks: _, ...profile }) => profile),
  inProfileModules('viewAll is forgotten', (module) => ({ ...module, viewAll: false })),
  inProfileModules('modifyAll is forgotten', (module) => ({ ...module, modifyAll: false })),
  inProfileModules('listed fields are forgotten', ({ fields: _, ...module }) => module),
  inConditions('ne holds on an empty field', (condition) =>
    'op' in condition && condition.op === 'ne' ? { not: { ...condition, op: 'eq' } } : condition,
  ),
  inConditions('notIn holds on an empty field', (condition) =>
    'op' in condition && condition.op === 'notIn' ? { not: { ...condition, op: 'in' } } : condition,
  ),
  inConditions('lte is lt', (condition) =>
    'op' in condition && condition.op === 'lte' ? { ...condition, op: 'lt' } : condition,
  ),
  inConditions('today is yesterday', (condition) =>
    'op' in condition && typeof condition.value === 'object' && 'today' in condition.value
      ? { ...condition, value: { today: condition.value.today - 1 } }
      : condition,
  ),
  { mistake: 'the licence is forgotten', see: ({ licensed: _, ...world }) => world },
]

function sharpless<T>(value: T): T | string {
  return typeof value === 'string' ? value.replace(/[ßẞ]/g, 'ss') : value
}
