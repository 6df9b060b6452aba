import { type Change, type Key, NEEDED_LEVEL, type RecordFacts, type Refusal } from '@bailiwick/access'
import type { GeneratedWorld } from './world.ts'

/** Every single change of a known kind that could be made for the person, likely or not: what a search for ways is held to. */
export function singleChanges(world: GeneratedWorld, refusal: Refusal): Change[] {
  const { user, action, facts, field } = refusal
  const { document } = world
  const profiles = Object.keys(document.profiles ?? {})
  const fields = field === undefined ? [] : [field]
  return [
    { kind: 'license', module: facts.module },
    { kind: 'activate', user },
    ...profiles.flatMap((profile): Change[] => [
      { kind: 'giveProfile', user, profile },
      { kind: 'grantActions', profile, module: facts.module, actions: [action] },
      { kind: 'grantActions', profile, module: facts.module, actions: ['read', action] },
      ...fields.map(
        (one): Change => ({ kind: 'openField', profile, module: facts.module, field: one, access: 'edit' }),
      ),
      { kind: 'giveClearance', profile, clearance: 'restricted' },
    ]),
    ...Object.keys(document.restrictionRules ?? {}).map(
      (rule): Change => ({ kind: 'exceptFromRestriction', user, rule }),
    ),
    ...belonging(world, refusal),
    ...ofRecords(world, user, facts, NEEDED_LEVEL[action] ?? 'read'),
  ]
}

function belonging({ document }: GeneratedWorld, { user, facts }: Refusal): Change[] {
  const owner = facts.owner.replace(/^user:/, '')
  const managers = document.organization?.hierarchy === 'reporting' || document.organization?.hierarchy === 'both'
  return [
    ...Object.keys(document.groups ?? {}).map((group): Change => ({ kind: 'joinGroup', user, group })),
    ...Object.keys(document.roles ?? {}).map((role): Change => ({ kind: 'takeRole', user, role })),
    ...Object.keys(document.teams ?? {}).flatMap((team): Change[] => [
      { kind: 'joinTeam', user, team, leads: false },
      { kind: 'joinTeam', user, team, leads: true },
    ]),
    ...(managers && !managersOf(document.users ?? {}, user).includes(owner)
      ? [{ kind: 'reportTo', user: owner, manager: user } as const]
      : []),
  ]
}

function managersOf(users: { readonly [user: Key]: { readonly manager?: Key } }, user: Key): Key[] {
  const manager = users[user]?.manager
  return manager === undefined ? [user] : [user, ...managersOf(users, manager)]
}

function ofRecords(
  world: GeneratedWorld,
  user: Key,
  facts: RecordFacts,
  level: 'read' | 'edit' | 'full',
  above = 0,
): Change[] {
  const here = above === 0 ? {} : { on: { above, module: facts.module, ...(facts.id ? { id: facts.id } : {}) } }
  const teams = Object.entries(world.document.teams ?? {}).filter(([, { leaders = [], members = [] }]) =>
    [...leaders, ...members].includes(user),
  )
  return [
    { kind: 'share', user, level, ...here },
    ...[`user:${user}`, ...teams.map(([key]) => `team:${key}`)].map(
      (to): Change => ({ kind: 'transfer', to, ...here }),
    ),
    { kind: 'liftConfidential', ...here },
    { kind: 'restore', ...here },
    ...(facts.parent ? ofRecords(world, user, facts.parent, level, above + 1) : []),
  ]
}
