import type { Key } from '@bailiwick/access'
import type { Snapshot } from '../policy/live-policy.ts'
import type { Person } from './presence.ts'

/** Somebody at a record, as others see him. */
export interface PersonAt {
  readonly ref: `user:${Key}`
  readonly name: string
  readonly editing: boolean
}

/** Those who are users still, by name. */
export function peopleAt({ policy }: Snapshot, people: readonly Person[]): PersonAt[] {
  return people.flatMap(({ user, editing }) => {
    const known = policy.users.get(user)
    return known?.status === 'active' ? [{ ref: `user:${user}` as const, name: known.name ?? user, editing }] : []
  })
}
