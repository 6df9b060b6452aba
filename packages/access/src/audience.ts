import { ACTIONS, type Action, type Key, type Level } from './document.ts'
import { rankOf } from './evaluate.ts'
import { type Explanation, type GrantApplied, missingOnRecord, strongestShare, superiorPath } from './explain.ts'
import type { Asking, RecordFacts } from './facts.ts'
import { NEEDED_LEVEL } from './facts.ts'
import type { Policy, PolicyUser } from './policy.ts'
import { missingOnModule } from './reach.ts'
import { type RecordStandings, type Standing, type StandingGrant, standingsOn } from './standing.ts'

export interface AudienceMember {
  readonly user: Key
  readonly level: Level
  readonly why: readonly GrantApplied[]
}

/**
 * Everyone who may do the action to the record, with his level and the grants behind it, in the order of the document. Law: sections 3
 * and 7.
 */
export function audience(
  policy: Policy,
  facts: RecordFacts,
  asking: Asking,
  action: Action = 'read',
): AudienceMember[] {
  const told = { policy, asking, action }
  const standings = standingsOn(policy, facts, asking)
  return allowed(told, standings).map(({ user, level, standing, standings: on }) => ({
    user: user.key,
    level,
    why: standing.grants.map((grant) => withCause(told, on, user, grant)),
  }))
}

/** Everyone who may do the action to the record. */
export function whoCan(policy: Policy, action: Action, facts: RecordFacts, asking: Asking): Key[] {
  return allowed({ policy, asking, action }, standingsOn(policy, facts, asking)).map(({ user }) => user.key)
}

/** Everyone who may do the action to the record, with his level. */
export function audienceLevels(
  policy: Policy,
  facts: RecordFacts,
  asking: Asking,
  action: Action = 'read',
): ReadonlyMap<Key, Level> {
  const found = allowed({ policy, asking, action }, standingsOn(policy, facts, asking))
  return new Map(found.map(({ user, level }) => [user.key, level]))
}

/**
 * What everybody may do to the record; who may do nothing to it is left out.
 * @param among who alone is asked about; unstated, everybody
 */
export function whoCanDoWhat(
  policy: Policy,
  facts: RecordFacts,
  asking: Asking,
  among?: ReadonlySet<Key>,
): ReadonlyMap<Key, readonly Action[]> {
  const standings = standingsOn(policy, facts, asking)
  const found = new Map<Key, readonly Action[]>()
  if (!standings) return found
  const asked = ACTIONS.map((action) => ({
    action,
    needed: facts.deleted && NEEDED_LEVEL[action] ? Number.POSITIVE_INFINITY : rankOf(NEEDED_LEVEL[action] ?? 'none'),
    may: perProfiles({ policy, asking, action }, facts.module),
  }))
  const people = among ? [...among].flatMap((key) => policy.users.get(key) ?? []) : policy.users.values()
  for (const user of people) {
    const granted = asked.filter(({ may }) => may(user))
    if (granted.length === 0) continue
    const has = rankOf(standings.of(user).level)
    const actions = granted.filter(({ needed }) => has >= needed).map(({ action }) => action)
    if (actions.length > 0) found.set(user.key, actions)
  }
  return found
}

/** Everybody's level on the record, whatever profiles say; who has none is left out. */
export function everyonesLevel(policy: Policy, facts: RecordFacts, asking: Asking): ReadonlyMap<Key, Level> {
  const standings = standingsOn(policy, facts, asking)
  const active = facts.deleted ? [] : [...policy.users.values()].filter(({ status }) => status === 'active')
  const levels = active.map((user) => [user.key, standings?.of(user).level ?? 'none'] as const)
  return new Map(levels.filter(([, level]) => level !== 'none'))
}

interface Question {
  readonly policy: Policy
  readonly asking: Asking
  readonly action: Action
}

interface Allowed {
  readonly user: PolicyUser
  /** Whatever the grants and caps say, a deleted record leaves none. */
  readonly level: Level
  readonly standing: Standing
  readonly standings: RecordStandings
}

function allowed(question: Question, standings: RecordStandings | undefined): Allowed[] {
  const needed = NEEDED_LEVEL[question.action] ?? 'none'
  if (!standings) return []
  const may = perProfiles(question, standings.facts.module)
  return [...question.policy.users.values()].flatMap((user) => {
    if (!may(user)) return []
    const standing = standings.of(user)
    const level = standings.facts.deleted ? 'none' : standing.level
    return rankOf(level) >= rankOf(needed) ? [{ user, level, standing, standings }] : []
  })
}

/** What goes by profiles, licence and the clock is asked once of those who have the same ones. */
function perProfiles({ policy, asking, action }: Question, module: Key): (user: PolicyUser) => boolean {
  const known = new Map<string, boolean>()
  return (user) => {
    const name = `${user.status} ${user.profiles.map(({ key }) => key).join(' ')}`
    const answer = known.get(name) ?? missingOnModule(policy, user.key, module, action, asking) === undefined
    known.set(name, answer)
    return answer
  }
}

function withCause(
  question: Question,
  { facts, parent }: RecordStandings,
  user: PolicyUser,
  grant: StandingGrant,
): GrantApplied {
  const { policy, asking } = question
  if (grant.kind === 'superior')
    return { ...grant, path: superiorPath(policy, user, facts.owner.slice('user:'.length)) }
  if (grant.kind === 'share') return { ...grant, share: strongestShare(policy, user, facts, asking) }
  return grant.kind === 'parent' && parent ? { ...grant, parent: explainParent(question, parent, user) } : grant
}

/** What `explain` says of the parent. */
function explainParent(question: Question, standings: RecordStandings, user: PolicyUser): Explanation {
  const { policy, asking, action } = question
  const { facts } = standings
  const { level, grants, caps } = standings.of(user)
  const missing = missingOnRecord(policy, user.key, action, facts, asking, level)
  return {
    user: user.key,
    action,
    module: facts.module,
    ...(facts.id === undefined ? {} : { id: facts.id }),
    allowed: missing.length === 0,
    level,
    needed: NEEDED_LEVEL[action],
    grants: grants.map((grant) => withCause(question, standings, user, grant)),
    caps,
    missing,
  }
}
