import type { OwnerRef, Policy } from '@bailiwick/access'
import { bareName } from './well-known-names.ts'

/** Somebody whom a name in a file may mean. */
export interface PersonSuggested {
  readonly owner: OwnerRef
  readonly name: string
}

/** Beyond it nobody is suggested: each name is compared with every person. */
const MOST_PEOPLE = 5_000
const MOST_SUGGESTED = 3
const ALIKE_FROM = 0.35

interface Known extends PersonSuggested {
  readonly forms: readonly ReadonlySet<string>[]
}

/** Finds whom names may mean that nobody has to the letter: people with a similar name or address, and teams. */
export function createSuggestions(policy: Policy): (text: string) => PersonSuggested[] {
  const known = knownOwners(policy)
  return (text) => {
    const sought = pairsOf(text.replace(/@.*$/, ''))
    const rated = known.map(({ owner, name, forms }) => ({
      owner,
      name,
      alike: Math.max(...forms.map((form) => likeness(sought, form))),
    }))
    return rated
      .filter(({ alike }) => alike >= ALIKE_FROM)
      .sort((one, other) => other.alike - one.alike)
      .slice(0, MOST_SUGGESTED)
      .map(({ owner, name }) => ({ owner, name }))
  }
}

function knownOwners({ users, teams }: Policy): Known[] {
  const active = [...users.values()].filter(({ status }) => status === 'active')
  if (active.length > MOST_PEOPLE) return []
  const people = active.map(({ key, name, email }): Known => {
    return { owner: `user:${key}`, name, forms: [name, key, email?.replace(/@.*$/, '') ?? ''].map(pairsOf) }
  })
  const pools = [...teams.keys()].map((key): Known => ({ owner: `team:${key}`, name: key, forms: [pairsOf(key)] }))
  return [...people, ...pools]
}

/** The pairs of letters that follow each other in a text. */
function pairsOf(text: string): ReadonlySet<string> {
  const letters = [...bareName(text)]
  return new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`))
}

/** Of all pairs, the share that both have (Dice's coefficient). */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0
  let both = 0
  for (const pair of one) if (other.has(pair)) both += 1
  return (2 * both) / (one.size + other.size)
}
