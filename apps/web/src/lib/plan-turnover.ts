import type { paths } from './api/schema.d.ts'

type Plan = paths['/api/v1/policy/plan']['post']['responses']['200']['content']['application/json']
export type PlanEffect = Plan['effect']
type SignInState = PlanEffect['signIn'][number]['before']

/** How many people a change concerns: each is counted once for what he gains, and once for what he loses. */
export interface PlanTurnover {
  readonly gaining: number
  readonly losing: number
  /** Who neither gains nor loses, and signs in at other times or from elsewhere, or sees another mask. */
  readonly otherwise: number
}

/** Counts all who gain and lose anything: records, fields, permissions, figures, actions without a record, signing in. */
export function countTurnover(effect: PlanEffect): PlanTurnover {
  const gaining = new Set<string>()
  const losing = new Set<string>()
  const concerned = new Set<string>()
  const add = (people: readonly string[], more: number) => {
    const counted = more > 0 ? gaining : more < 0 ? losing : concerned
    for (const person of people) counted.add(person)
  }
  for (const { user, gained, lost } of effect.people) {
    if (gained > 0) gaining.add(user)
    if (lost > 0) losing.add(user)
  }
  for (const one of [...effect.moduleActions, ...effect.permissions, ...effect.figures]) {
    add(one.gaining, 1)
    add(one.losing, -1)
  }
  for (const { people, changes } of effect.fields) {
    for (const { before, after } of changes) add(people, ACCESS.indexOf(after) - ACCESS.indexOf(before))
  }
  for (const { people, before, after } of effect.signIn) {
    const [was, is] = [opennessOf(before), opennessOf(after)]
    if (was !== is || was !== CLOSED) add(people, is - was)
  }
  const otherwise = [...concerned].filter((person) => !gaining.has(person) && !losing.has(person)).length
  return { gaining: gaining.size, losing: losing.size, otherwise }
}

const ACCESS = ['hidden', 'masked', 'read', 'edit']

const CLOSED = 0

/** Not at all, at some times or from some networks, or always and from anywhere. */
function opennessOf({ ways }: SignInState): 0 | 1 | 2 {
  if (ways.length === 0) return CLOSED
  return ways.some(({ windows, networks }) => !windows && !networks) ? 2 : 1
}
