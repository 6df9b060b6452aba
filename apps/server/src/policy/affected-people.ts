import { type Difference, type Key, managerPath, ownersIn, type Policy, rolePath } from '@bailiwick/access'

/** Sections that decide nothing about who reaches what. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['tests', 'invariants'])

/**
 * Whose reach a change can alter at all, so that a plan need not compare everybody's: more people than it does, never fewer. Only
 * changes of single users are looked into; anything else may touch everyone.
 */
export function affectedPeople(
  before: Policy,
  after: Policy,
  changes: readonly Difference[],
): ReadonlySet<Key> | 'everyone' {
  const moved = new Set<Key>()
  for (const [section, user] of changes.map(segmentsOf)) {
    if (section !== undefined && WITHOUT_EFFECT.has(section)) continue
    if (section !== 'users' || user === undefined) return 'everyone'
    moved.add(user)
  }
  if (ownedByMoved(before, after)) return 'everyone'
  const affected = new Set<Key>()
  for (const policy of [before, after]) {
    for (const user of moved) for (const person of aroundOf(policy, user)) affected.add(person)
  }
  return affected
}

function segmentsOf({ path }: Difference): string[] {
  return path.split('/').slice(1)
}

/** The person, those of his role and of the roles above it, and his managers: whoever may reach his records for what he is. */
function* aroundOf(policy: Policy, user: Key): Iterable<Key> {
  yield user
  for (const role of rolePath(policy, policy.users.get(user)?.role)) yield* policy.roles.get(role)?.users ?? []
  yield* managerPath(policy, user)
}

/** Whether somebody came to or left the owners that a sharing rule speaks of: then it shares other records with its people. */
function ownedByMoved(before: Policy, after: Policy): boolean {
  const rules = [...after.sharingRules.values()].flat()
  return rules.some(({ ownedBy }) => ownedBy && !setsEqual(ownersIn(before, ownedBy), ownersIn(after, ownedBy)))
}

function setsEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one))
}
