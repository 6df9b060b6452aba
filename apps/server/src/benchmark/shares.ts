import type { Key, Principal } from '@bailiwick/access'
import type { Staff } from './people.ts'
import { createRandom, type Random } from './random.ts'
import { SHARED, SHARED_WITH_GUEST, type Shape } from './shape.ts'

export interface MadeShare {
  readonly grantee: Principal
  /** 1 read, 2 edit. */
  readonly level: number
  readonly expires: string | null
}

/** The shares by hand of a module's records, by a record's number. */
export type MadeShares = ReadonlyMap<number, readonly MadeShare[]>

const EXPIRING = 0.1

/** @param guest who is to have most of them */
export function makeShares(shape: Shape, staff: Staff, guest: Key, module: 'accounts' | 'deals'): MadeShares {
  const random = createRandom(shape.seed + (module === 'accounts' ? 5 : 6))
  const shares = new Map<number, MadeShare[]>()
  const count = shape[module]
  const grantees = staff.people.filter((person) => !person.apart).map(({ key }) => key)
  for (let shared = 0; shared < count * SHARED; shared++) {
    const many = random.chance(0.3) ? 2 : 1
    add(
      shares,
      random.below(count),
      Array.from({ length: many }, () => share(granteeOf(random, shape, grantees), random)),
    )
  }
  for (let shared = 0; shared < SHARED_WITH_GUEST; shared++) {
    const grantee = shared % 4 === 0 ? 'group:guests' : `user:${guest}`
    add(shares, random.below(count), [{ grantee, level: 1, expires: null }])
  }
  return shares
}

function add(shares: Map<number, MadeShare[]>, record: number, more: readonly MadeShare[]): void {
  const known = shares.get(record) ?? []
  const fresh = more.filter(({ grantee }, at) => {
    return [...known, ...more.slice(0, at)].every((other) => other.grantee !== grantee)
  })
  shares.set(record, [...known, ...fresh])
}

function granteeOf(random: Random, shape: Shape, people: readonly Key[]): Principal {
  const kind = random.next()
  if (kind < 0.7) return `user:${random.pick(people)}`
  return kind < 0.9 ? `group:g${random.below(shape.groups)}` : `team:t${random.below(shape.teams)}`
}

function share(grantee: Principal, random: Random): MadeShare {
  const isOver = random.chance(0.5)
  const expires = random.chance(EXPIRING) ? (isOver ? '2024-06-01T00:00:00Z' : '2099-01-01T00:00:00Z') : null
  return { grantee, level: random.chance(0.3) ? 2 : 1, expires }
}
