import type { Ownership } from './ownership.ts'
import { OLD_UNTIL } from './ownership.ts'
import type { Staff } from './people.ts'
import { createRandom, type Random } from './random.ts'
import { accountValues, dealValues } from './record-values.ts'
import { CONFIDENTIAL, type Shape } from './shape.ts'

/** What records were made in: six years, the last of them before any clock that runs this. */
const BEGIN = Date.parse('2020-01-01T00:00:00Z')
const END = Date.parse('2025-12-31T00:00:00Z')
const DAY = 86_400_000
const TOUCHED_AGAIN = 0.4

export interface MadeRecord {
  readonly id: string
  readonly owner: number
  readonly confidential: boolean
  /** Epoch milliseconds. */
  readonly created: number
  readonly updated: number
  readonly values: Readonly<Record<string, string | number | null>>
}

export function* makeAccounts(shape: Shape, staff: Staff, { accounts }: Ownership): Generator<MadeRecord> {
  const random = createRandom(shape.seed + 3)
  for (let index = 0; index < shape.accounts; index++) {
    const frame = frameOf(random, staff, { index, of: shape.accounts, owner: accounts[index]! })
    yield { ...frame, id: accountId(shape, index), values: accountValues(random, index) }
  }
}

export function* makeDeals(shape: Shape, staff: Staff, ownership: Ownership): Generator<MadeRecord> {
  const random = createRandom(shape.seed + 4)
  for (let index = 0; index < shape.deals; index++) {
    const frame = frameOf(random, staff, { index, of: shape.deals, owner: ownership.deals[index]! })
    const values = {
      ...dealValues(random, index, frame.created),
      account: accountId(shape, ownership.accountOfDeal[index]!),
    }
    yield { ...frame, id: dealId(shape, index), values }
  }
}

function frameOf(
  random: Random,
  { people }: Staff,
  { index, of, owner }: { index: number; of: number; owner: number },
) {
  const created = createdAt(index, of)
  const isOld = people[owner] !== undefined && people[owner].activity !== 'active'
  const isTouched = random.chance(TOUCHED_AGAIN)
  const later = Math.floor(-Math.log(1 - random.next()) * (isOld ? 20 : 200) * DAY)
  const last = isOld ? BEGIN + (END - BEGIN) * OLD_UNTIL : END
  const updated = isTouched ? Math.max(created, Math.min(created + later, last - random.below(DAY))) : created
  return { owner, created, updated, confidential: random.chance(CONFIDENTIAL) }
}

function createdAt(index: number, of: number): number {
  return BEGIN + Math.floor((index / of) * (END - BEGIN))
}

export function accountId(shape: Shape, index: number): string {
  return idOf(createdAt(index, shape.accounts), 1, index)
}

export function dealId(shape: Shape, index: number): string {
  return idOf(createdAt(index, shape.deals), 2, index)
}

/** A UUID of version 7: the time, the kind of record, then a number that tells neighbours apart. */
function idOf(time: number, kind: number, index: number): string {
  const at = time.toString(16).padStart(12, '0')
  const mixed = (Math.imul(index, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
  return `${at.slice(0, 8)}-${at.slice(8)}-7${mixed.slice(0, 3)}-8${kind}${mixed.slice(3, 5)}-${mixed.slice(5)}${index.toString(16).padStart(9, '0')}`
}
