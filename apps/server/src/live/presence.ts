import type { Key } from '@bailiwick/access'
import type { PresenceMessage } from './messages.ts'

/** How long somebody is taken to be at a record after he last said so. */
export const PRESENT_FOR_MS = 60_000
/** Beyond it nobody new is noticed until others have gone. */
const MOST_PLACES = 50_000

interface Present {
  readonly editing: boolean
  /** Epoch milliseconds. */
  readonly until: number
}

export interface Person {
  readonly user: Key
  readonly editing: boolean
}

/** Who is at which record, as far as this process has heard. It is forgotten by itself, and written down nowhere. */
export class Presence {
  readonly #places = new Map<string, Map<Key, Present>>()

  /** @returns whether others see a difference */
  note(schema: string, { module, id, user, editing, away }: PresenceMessage, now: number): boolean {
    const place = placeName(schema, module, id)
    const people = this.#places.get(place) ?? new Map<Key, Present>()
    const before = people.get(user)
    if (away) {
      people.delete(user)
      if (people.size === 0) this.#places.delete(place)
      return before !== undefined
    }
    if (!this.#places.has(place) && this.#places.size >= MOST_PLACES) return false
    this.#places.set(place, people.set(user, { editing, until: now + PRESENT_FOR_MS }))
    return before?.editing !== editing
  }

  /** By name. */
  at(schema: string, module: Key, id: string, now: number): Person[] {
    const people = this.#places.get(placeName(schema, module, id)) ?? new Map<Key, Present>()
    const present = [...people].filter(([, { until }]) => until > now)
    return present.map(([user, { editing }]) => ({ user, editing })).sort((a, b) => (a.user < b.user ? -1 : 1))
  }

  /** Forgets who said nothing for long. @returns the places that somebody has left so */
  expire(now: number): { readonly schema: string; readonly module: Key; readonly id: string }[] {
    const left = []
    for (const [place, people] of this.#places) {
      const gone = [...people].filter(([, { until }]) => until <= now)
      for (const [user] of gone) people.delete(user)
      if (people.size === 0) this.#places.delete(place)
      if (gone.length > 0) left.push(placeOf(place))
    }
    return left
  }
}

/** Neither schemas nor keys nor ids hold blanks. */
function placeName(schema: string, module: Key, id: string): string {
  return `${schema} ${module} ${id}`
}

function placeOf(name: string) {
  const [schema = '', module = '', id = ''] = name.split(' ')
  return { schema, module, id }
}
