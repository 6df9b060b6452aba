import type { Person, Staff } from './people.ts'
import { createRandom, type Random, shuffled } from './random.ts'
import { SCATTERED, type Shape, TEAM_OWNED } from './shape.ts'

/**
 * Who owns what. An owner is a number: a person's place among the people, and behind them the teams in their order. Records lie in the
 * order of their making.
 */
export interface Ownership {
  readonly accounts: Int32Array
  readonly deals: Int32Array
  /** The account of each deal. */
  readonly accountOfDeal: Int32Array
}

/** Who has only old records got none in the last part of the time. */
export const OLD_UNTIL = 0.6
const OWNER_OF_ACCOUNT_HAS_DEAL = 0.8
/** How slowly the activity falls from the busiest to the laziest: in life, a few people do a lot. */
const FALL = 0.7
const HEAD_START = 20

export function assignOwners(shape: Shape, staff: Staff): Ownership {
  const random = createRandom(shape.seed + 2)
  const anyTime = wheel(staff.people, random, ['active', 'old'])
  const lately = wheel(staff.people, random, ['active'])
  const draw = (at: number) => {
    if (random.chance(TEAM_OWNED)) return staff.people.length + random.below(shape.teams)
    return at < OLD_UNTIL ? anyTime() : lately()
  }
  const accounts = Int32Array.from({ length: shape.accounts }, (_one, index) => draw(index / shape.accounts))
  scatter(accounts, staff)
  const accountOfDeal = new Int32Array(shape.deals)
  const deals = new Int32Array(shape.deals)
  for (let index = 0; index < shape.deals; index++) {
    const at = index / shape.deals
    const account = Math.floor(at * shape.accounts * random.next())
    accountOfDeal[index] = account
    const owner = accounts[account]!
    const isSame = random.chance(OWNER_OF_ACCOUNT_HAS_DEAL) && (at < OLD_UNTIL || !isOld(staff.people[owner]))
    deals[index] = isSame ? owner : draw(at)
  }
  return { accounts, deals, accountOfDeal }
}

function isOld(person: Person | undefined): boolean {
  return person !== undefined && person.activity !== 'active'
}

/** Draws people by how busy they are. */
function wheel(people: readonly Person[], random: Random, activities: readonly Person['activity'][]): () => number {
  const busy = people.flatMap(({ activity }, index) => (activities.includes(activity) ? [index] : []))
  const order = shuffled(random, busy)
  let sum = 0
  const sums = order.map((_index, rank) => {
    sum += (rank + HEAD_START) ** -FALL
    return sum
  })
  return () => order[firstAtLeast(sums, random.next() * sum)]!
}

function firstAtLeast(sums: readonly number[], value: number): number {
  let [from, to] = [0, sums.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (sums[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}

/** The part-timer's accounts: few, old, and far from each other. */
function scatter(accounts: Int32Array, { people, special }: Staff): void {
  const partTimer = people.findIndex(({ role }) => role === special.partTime)
  const step = Math.floor((accounts.length * OLD_UNTIL * 0.8) / SCATTERED)
  for (let index = 0; index < SCATTERED; index++) accounts[index * step + 7] = partTimer
}
