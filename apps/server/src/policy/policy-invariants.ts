import {
  type Action,
  type FieldAccess,
  fields,
  type InvariantDefinition,
  isActionGranted,
  type Key,
  levelReach,
  NEEDED_LEVEL,
  type Policy,
  type PolicyUser,
  rankOfAccess,
  usersIn,
} from '@bailiwick/access'

export interface InvariantResult {
  readonly invariant: Key
  readonly holds: boolean
  /** Of a violated one: who breaks it, in the document's order, and in words. */
  readonly violators: readonly Key[]
  readonly failure?: string
}

const WRITES: ReadonlySet<Action> = new Set(['create', 'update', 'overwrite', 'mass', 'import'])
const NAMED_IN_FAILURE = 5

/**
 * Whether each invariant of the policy's document holds: that no active person outside `except` may do the action on any possible
 * record of the module (and on the field, where one is named). The policy must be an examined one.
 */
export function checkInvariants(policy: Policy): InvariantResult[] {
  return Object.entries(policy.document.invariants ?? {}).map(([key, invariant]) =>
    checkInvariant(policy, key, invariant),
  )
}

function checkInvariant(policy: Policy, key: Key, invariant: InvariantDefinition): InvariantResult {
  const excepted = new Set((invariant.nobody.except ?? []).flatMap((principal) => [...usersIn(policy, principal)]))
  const granted = perProfiles((user) => mayByProfiles(policy, user, invariant))
  const breaks = (user: PolicyUser) => !excepted.has(user.key) && granted(user) && reachesSome(policy, user, invariant)
  const violators = activeUsers(policy).filter(breaks)
  if (violators.length === 0) return { invariant: key, holds: true, violators: [] }
  return {
    invariant: key,
    holds: false,
    violators: violators.map((user) => user.key),
    failure: failure(invariant, violators),
  }
}

function activeUsers(policy: Policy): PolicyUser[] {
  return [...policy.users.values()].filter((user) => user.status === 'active')
}

/** Of thousands of people most share their profiles: what depends on those alone is asked once. */
function perProfiles(ask: (user: PolicyUser) => boolean): (user: PolicyUser) => boolean {
  const known = new Map<string, boolean>()
  return (user) => {
    const profiles = user.profiles.map((profile) => profile.key).join(' ')
    const answer = known.get(profiles) ?? ask(user)
    known.set(profiles, answer)
    return answer
  }
}

function mayByProfiles(policy: Policy, user: PolicyUser, { can, on, field }: InvariantDefinition): boolean {
  if (!isActionGranted(user, on, can)) return false
  if (field === undefined) return true
  const access: FieldAccess = fields(policy, user.key, on).get(field) ?? 'hidden'
  return rankOfAccess(access) >= rankOfAccess(WRITES.has(can) ? 'edit' : 'read')
}

function reachesSome(policy: Policy, user: PolicyUser, { can, on }: InvariantDefinition): boolean {
  const needed = NEEDED_LEVEL[can]
  return needed === undefined || levelReach(policy, user.key, on, needed).kind !== 'never'
}

function failure({ can, on, field }: InvariantDefinition, violators: readonly PolicyUser[]): string {
  const named = violators.slice(0, NAMED_IN_FAILURE).map((user) => `${user.name} (user:${user.key})`)
  const rest = violators.length - named.length
  const people = rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ')
  return `${people} can ${can} ${field === undefined ? on : `${field} of ${on}`}.`
}
