import type { AudienceMember, Key, Policy } from '@bailiwick/access'
import { audience, compareCodePoints, fold, rankOf } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import type { Actor } from '../../actor.ts'
import { invalidInput, notPermitted } from '../../problem.ts'
import { managesAccess, requireAction, requireFacts } from '../explain-record.ts'
import type { RecordsParts } from '../parts.ts'
import { inTransaction } from '../stamped.ts'
import { type Names, namesOf } from './names.ts'

export interface AudienceQuery {
  readonly action?: string
  /** 1 to 10,000. */
  readonly limit?: number
  readonly cursor?: string
}

export interface NamedMember extends AudienceMember {
  readonly name: string
}

export interface AudiencePage {
  readonly items: readonly NamedMember[]
  /** Of everyone, whatever the page. */
  readonly total: number
  readonly next: string | null
  /** What the reasons of this page point at. */
  readonly names: Names
}

const MOST_MEMBERS = 10_000

/**
 * Who can see a record, or do something else to it, with level and why, for who manages access: the highest level first, then by name.
 * @throws Problem 404, 403, 422.
 */
export async function readAudience(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  query: AudienceQuery = {},
): Promise<AudiencePage> {
  return inTransaction(parts, actor, async (reading) => {
    const facts = await requireFacts(reading, moduleKey, id)
    if (!managesAccess(reading)) throw notPermitted('Seeing who can see a record needs "manageAccess".')
    const { policy } = reading.snapshot
    const { action, limit, after } = requireQuery(query)
    const everyone = inOrder(policy, audience(policy, facts, { now: reading.now }, action))
    const rest = after ? everyone.filter((member) => compare(placeOf(member), after) > 0) : everyone
    const items = rest.slice(0, limit)
    const last = rest.length > limit ? items.at(-1) : undefined
    const grants = items.flatMap(({ why }) => why)
    return {
      items,
      total: everyone.length,
      next: last ? writePlace(placeOf(last)) : null,
      names: namesOf(policy, facts.module, grants),
    }
  })
}

function requireQuery({ action: asked, limit = MOST_MEMBERS, cursor }: AudienceQuery) {
  const action = requireAction(asked)
  const after = cursor === undefined ? undefined : readPlace(cursor)
  const errors: InputError[] = []
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_MEMBERS)
    errors.push({ path: '/limit', message: `must be a whole number from 1 to ${MOST_MEMBERS}` })
  if (cursor !== undefined && !after) errors.push({ path: '/cursor', message: 'is not a cursor of this list' })
  if (errors.length > 0) throw invalidInput(errors)
  return { action, limit, after }
}

/** Where somebody stands in the order: it needs nobody to be there any more. */
type Place = readonly [rank: number, name: string, user: Key]

function placeOf({ level, name, user }: NamedMember): Place {
  return [rankOf(level), fold(name), user]
}

function compare([rank, name, user]: Place, [otherRank, otherName, otherUser]: Place): number {
  return otherRank - rank || compareCodePoints(name, otherName) || compareCodePoints(user, otherUser)
}

function inOrder(policy: Policy, members: readonly AudienceMember[]): NamedMember[] {
  const placed = members.map((member) => {
    const named = { ...member, name: policy.users.get(member.user)?.name ?? member.user }
    return { named, place: placeOf(named) }
  })
  return placed.sort((one, other) => compare(one.place, other.place)).map(({ named }) => named)
}

function writePlace(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

function readPlace(text: string): Place | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return isPlace(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isPlace(value: unknown): value is Place {
  if (!Array.isArray(value) || value.length !== 3) return false
  const [rank, name, user] = value
  return Number.isInteger(rank) && typeof name === 'string' && typeof user === 'string'
}
