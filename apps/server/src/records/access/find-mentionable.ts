import type { Key, Policy, PolicyUser, RecordFacts } from '@bailiwick/access'
import { compareCodePoints, decide, fold, isActionGranted, level } from '@bailiwick/access'
import type { Actor } from '../../actor.ts'
import { invalidInput, notFound } from '../../problem.ts'
import { loadFacts } from '../facts.ts'
import { requireAllowed } from '../find-record.ts'
import type { RecordsParts } from '../parts.ts'
import { inTransaction, type Reading } from '../stamped.ts'

export interface MentionableQuery {
  readonly q?: string
  /** 1 to 50. */
  readonly limit?: number
}

export interface Mentionable {
  readonly items: readonly { readonly user: Key; readonly name: string; readonly canSee: boolean }[]
  /** Whether the asking person could let in who can't see it. */
  readonly mayShare: boolean
}

const MOST_PEOPLE = 50

/**
 * Active people to mention on a record, those first whose name begins with what is sought; each with whether he would see it.
 * @throws Problem 404, 403, 422.
 */
export async function findMentionable(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  givenId: string,
  { q = '', limit = 10 }: MentionableQuery,
): Promise<Mentionable> {
  return inTransaction(parts, actor, async (reading) => {
    const { module, id } = await requireAllowed(reading, moduleKey, givenId, 'comment')
    if (!Number.isInteger(limit) || limit < 1 || limit > MOST_PEOPLE)
      throw invalidInput([{ path: '/limit', message: `must be a whole number from 1 to ${MOST_PEOPLE}` }])
    const facts = await loadFacts(reading, module.key, id)
    if (!facts) throw notFound()
    const { policy } = reading.snapshot
    const items = peopleFound(policy, fold(q.trim())).slice(0, limit)
    return {
      items: items.map(({ key, name }) => ({ user: key, name, canSee: canSee(reading, facts, key) })),
      mayShare: decide(policy, actor.user, 'share', facts, actor.asking),
    }
  })
}

/** Whether a person finds the record once he is signed in: that he isn't at his desk now keeps nothing from him. */
export function canSee({ snapshot, now }: Reading, facts: RecordFacts, key: Key): boolean {
  const { policy } = snapshot
  const user = policy.users.get(key)
  if (user?.status !== 'active' || !policy.isLicensed(facts.module)) return false
  return isActionGranted(user, facts.module, 'read') && level(policy, key, facts, { now }) !== 'none'
}

function peopleFound(policy: Policy, sought: string): PolicyUser[] {
  const found = [...policy.users.values()].flatMap((user) => {
    const at = user.status === 'active' ? placeIn(user, sought) : -1
    return at < 0 ? [] : [{ user, isLater: at > 0, name: fold(user.name) }]
  })
  found.sort((one, other) => Number(one.isLater) - Number(other.isLater) || compareCodePoints(one.name, other.name))
  return found.map(({ user }) => user)
}

/** 0 where his name, key or address begins with it, 1 where one holds it further on, -1 where none does. */
function placeIn({ name, key, email = '' }: PolicyUser, sought: string): number {
  const places = [name, key, email].map((text) => fold(text).indexOf(sought))
  if (places.includes(0)) return 0
  return places.some((place) => place > 0) ? 1 : -1
}
