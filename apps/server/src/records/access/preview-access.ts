import type { Key, Level, Policy, Principal, RecordFacts } from '@bailiwick/access'
import { audienceLevels, compareCodePoints, fold, rankOf, usersIn } from '@bailiwick/access'
import type { Actor } from '../../actor.ts'
import { notFound } from '../../problem.ts'
import { managesAccess } from '../explain-record.ts'
import { loadFacts } from '../facts.ts'
import { requireAllowed } from '../find-record.ts'
import type { RecordsParts } from '../parts.ts'
import { inTransaction, type Reading } from '../stamped.ts'
import { type AccessChange, type AccessChangeInput, requireChange } from './access-change.ts'

interface Person {
  readonly user: Key
  readonly name: string
}

export interface Moved extends Person {
  readonly before: Level
  readonly after: Level
}

export interface AccessPreview {
  /** Active people whom the change names: the directory's knowledge, and nothing about the record. */
  readonly people: { readonly count: number; readonly items: readonly Person[] }
  /** For who manages access, exactly who comes to read the record, or to reach further or less far on it. */
  readonly gain?: readonly Moved[]
  readonly lose?: readonly Moved[]
  readonly counts?: { readonly gain: number; readonly lose: number; readonly before: number; readonly after: number }
}

const MOST_NAMED = 200

/**
 * What a change of a record's shares, owner or confidentiality would do, without doing it; for who may do it.
 * @throws Problem 404, 403, 422.
 */
export async function previewAccess(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  givenId: string,
  input: AccessChangeInput,
): Promise<AccessPreview> {
  return inTransaction(parts, actor, async (reading) => {
    const change = requireChange(input)
    const { module, id } = await requireAllowed(reading, moduleKey, givenId, change.action)
    const people = peopleIn(reading.snapshot.policy, change.named(reading))
    if (!managesAccess(reading)) return { people }
    const facts = await loadFacts(reading, module.key, id)
    if (!facts) throw notFound()
    return { people, ...difference(reading, facts, change) }
  })
}

function peopleIn(policy: Policy, principal: Principal | undefined): AccessPreview['people'] {
  const keys = principal === undefined ? [] : [...usersIn(policy, principal)]
  const active = keys.filter((key) => policy.users.get(key)?.status === 'active')
  return { count: active.length, items: byName(active.map((user) => person(policy, user))).slice(0, MOST_NAMED) }
}

function person(policy: Policy, user: Key): Person {
  return { user, name: policy.users.get(user)?.name ?? user }
}

function byName<One extends Person>(people: readonly One[]): One[] {
  const placed = people.map((one) => ({ one, name: fold(one.name) }))
  placed.sort((a, b) => compareCodePoints(a.name, b.name) || compareCodePoints(a.one.user, b.one.user))
  return placed.map(({ one }) => one)
}

function difference({ snapshot, now }: Reading, facts: RecordFacts, change: AccessChange) {
  const { policy } = snapshot
  const before = audienceLevels(policy, facts, { now })
  const after = audienceLevels(policy, change.apply(facts), { now })
  const moved = [...new Set([...before.keys(), ...after.keys()])].map((user): Moved => {
    return { ...person(policy, user), before: before.get(user) ?? 'none', after: after.get(user) ?? 'none' }
  })
  const gain = byName(moved.filter((one) => rankOf(one.after) > rankOf(one.before)))
  const lose = byName(moved.filter((one) => rankOf(one.after) < rankOf(one.before)))
  return {
    gain: gain.slice(0, MOST_NAMED),
    lose: lose.slice(0, MOST_NAMED),
    counts: { gain: gain.length, lose: lose.length, before: before.size, after: after.size },
  }
}
