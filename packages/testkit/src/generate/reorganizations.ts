import { type Key, LEVELS, type PolicyDocument, type ProfileDefinition, type UserDefinition } from '@bailiwick/access'
import fc from 'fast-check'
import { changedRules, hung } from './changed-rules.ts'
import { arbitraryChangedWorld, changeSeed } from './changes.ts'
import { index, type Made, pick } from './pools.ts'
import type { GeneratedWorld } from './world.ts'

/** The same records under two policies. */
export interface Reorganization {
  readonly before: GeneratedWorld
  readonly after: GeneratedWorld
}

const stepSeed = fc.record({ kind: fc.nat(16), at: index, to: index, change: changeSeed })
type StepSeed = Made<typeof stepSeed>

const RULE_CHANGES = [
  'add sharing rule',
  'remove sharing rule',
  'add restriction rule',
  'remove restriction rule',
  'suspend user',
  'give profile',
] as const

/**
 * An organization and up to four changes of who its people are, how they are grouped and what the rules say. Some of its people have a
 * twin, alike in everything but the name; its doors stand open, as a comparison's do.
 */
export function arbitraryReorganization(): fc.Arbitrary<Reorganization> {
  return fc
    .tuple(
      arbitraryChangedWorld(RULE_CHANGES, { maximumRecords: 10 }),
      fc.array(stepSeed, { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([{ before, change }, steps, hasRuleChange]) => {
      const from = { ...before, document: withTwins(open(before.document)) }
      const changed = hasRuleChange ? withTwins(open(change.world.document)) : from.document
      const { licensed: _licensed, ip: _ip, ...world } = { ...from, records: hung(everyUnder(from)).records }
      const after = steps.reduce((document, step) => stepped({ ...world, document }, step), changed)
      return { before: world, after: { ...world, document: after } }
    })
}

/** As if every module hung under its lookup: whether it does is what a change may turn over. */
function everyUnder(world: GeneratedWorld): GeneratedWorld {
  const modules = Object.entries(world.document.modules ?? {}).map(([key, module]) => [
    key,
    module.fields?.up ? { ...module, parent: 'up' } : module,
  ])
  return { ...world, document: { ...world.document, modules: Object.fromEntries(modules) } }
}

const RULE_MOVES = [
  'change a sharing rule',
  'change a restriction rule',
  'hang a module elsewhere',
  'change a sharing rule',
  'change a restriction rule',
] as const

function stepped(world: GeneratedWorld, step: StepSeed): PolicyDocument {
  const move = RULE_MOVES[step.kind - 12]
  if (move === undefined) return reorganized(world.document, step)
  return { ...world.document, ...changedRules(world, move, step.change) }
}

function open(document: PolicyDocument): PolicyDocument {
  const profiles = Object.entries(document.profiles ?? {}).map(([key, profile]): [Key, ProfileDefinition] => {
    const { signIn: _signIn, networks: _networks, ...rest } = profile
    return [key, rest]
  })
  return { ...document, profiles: Object.fromEntries(profiles) }
}

/** Everybody who stands at an even place once more, in the same teams, with the same role, manager, profiles and attributes. */
function withTwins(document: PolicyDocument): PolicyDocument {
  const users = Object.entries(document.users ?? {})
  const twinned = new Set(users.filter((_, at) => at % 2 === 0).map(([key]) => key))
  const doubled = (keys: readonly Key[]) => keys.flatMap((key) => (twinned.has(key) ? [key, twinOf(key)] : [key]))
  const twins = users.flatMap(([key, user]): [Key, UserDefinition][] =>
    twinned.has(key)
      ? [
          [key, user],
          [twinOf(key), { ...user, email: undefined }],
        ]
      : [[key, user]],
  )
  const teams = Object.entries(document.teams ?? {}).map(([key, team]) => [
    key,
    { ...team, leaders: doubled(team.leaders ?? []), members: doubled(team.members ?? []) },
  ])
  return { ...document, users: Object.fromEntries(twins), teams: Object.fromEntries(teams) }
}

function twinOf(key: Key): Key {
  return `${key}-twin`
}

function reorganized(document: PolicyDocument, { kind, at, to }: StepSeed): PolicyDocument {
  const { users = {}, roles = {}, teams = {}, groups = {}, modules = {}, organization = {} } = document
  const [user, role] = [nth(users, at), nth(roles, to)]
  const level = pick(LEVELS, to)
  switch (kind) {
    case 0:
      return { ...document, users: changed(users, at, { role }) }
    case 1:
      return { ...document, users: changed(users, at, { manager: earlier(users, at, to) }) }
    case 2:
      return {
        ...document,
        users: changed(users, at, { status: pick(['active', 'suspended', 'removed'] as const, to) }),
      }
    case 3:
      return { ...document, users: changed(users, at, { attributes: users[nth(users, to) ?? '']?.attributes }) }
    case 4:
      return { ...document, roles: changed(roles, at, { parent: earlier(roles, at, to) }) }
    case 5:
      return { ...document, roles: changed(roles, at, { peersGet: level }) }
    case 6:
      return { ...document, teams: changed(teams, to, { members: toggled(teams, to, user) }) }
    case 7:
      return { ...document, teams: changed(teams, at, { leadersGet: level, membersGet: pick(LEVELS, at) }) }
    case 8:
      return { ...document, groups: changed(groups, at, { members: members(user, role) }) }
    case 9:
      return { ...document, modules: changed(modules, at, { sharing: level }) }
    case 10:
      return { ...document, modules: changed(modules, at, { superiorsGet: level }) }
    default: {
      const hierarchy = pick(['roles', 'reporting', 'both'] as const, at)
      return { ...document, organization: { ...organization, hierarchy, confidentialSuperiors: to % 2 === 0 } }
    }
  }
}

type Table<Entry> = { readonly [key: Key]: Entry }

function nth(table: Table<unknown>, at: number): Key | undefined {
  const keys = Object.keys(table)
  return keys.length === 0 ? undefined : keys[at % keys.length]
}

function changed<Entry extends object>(table: Table<Entry>, at: number, change: Partial<Entry>): Table<Entry> {
  const key = nth(table, at)
  const entry = key === undefined ? undefined : table[key]
  return key === undefined || entry === undefined ? table : { ...table, [key]: { ...entry, ...change } }
}

/** What stands before in the document is above: trees stay trees. Twins stand beside each other. */
function earlier(table: Table<unknown>, at: number, to: number): Key | undefined {
  const keys = Object.keys(table)
  const place = at % Math.max(keys.length, 1)
  return place === 0 || to % 4 === 3 ? undefined : keys[to % place]
}

function toggled(teams: NonNullable<PolicyDocument['teams']>, at: number, user: Key | undefined): readonly Key[] {
  const members = teams[nth(teams, at) ?? '']?.members ?? []
  if (user === undefined) return members
  return members.includes(user) ? members.filter((member) => member !== user) : [...members, user]
}

function members(user: Key | undefined, role: Key | undefined): string[] {
  return [...(user === undefined ? [] : [`user:${user}`]), ...(role === undefined ? [] : [`role+:${role}`])]
}
