import {
  ACTIONS,
  type Action,
  classifyFacts,
  compareReach,
  compilePolicy,
  holds,
  type Key,
  NEEDED_LEVEL,
  type PolicySide,
  planComparison,
  type ReachEffect,
} from '@bailiwick/access'
import { oracleAllows } from '@bailiwick/access/oracle'
import { law, type Objection } from './generate/law.ts'
import { first, unequal } from './generate/readings.ts'
import { arbitraryReorganization, type Reorganization } from './generate/reorganizations.ts'
import type { GeneratedWorld } from './generate/world.ts'

law('who gains and loses which records is what the law says before and after', arbitraryReorganization(), (change) => {
  const effect = compared(change)
  return first(change.before.modules, ({ key: module }) =>
    first(ACTIONS, (action) =>
      NEEDED_LEVEL[action] === undefined ? undefined : differs(change, effect, module, action),
    ),
  )
})

function compared({ before, after }: Reorganization): ReachEffect {
  const [one, other] = [sideOf(before), sideOf(after)]
  const modules = before.modules.map(({ key }) => key)
  const effects = run(planComparison(one, other, modules)).map((plan) => {
    const moment = { now: before.now, timeZone: one.policy.timeZone }
    const zone = before.records.filter((record) => holds(plan.zone, record, moment))
    const classes = classifyFacts(zone, plan.module, plan.needed, moment)
    return run(compareReach(one, other, plan, classes))
  })
  return { people: effects.flatMap(({ people }) => people), actions: effects.flatMap(({ actions }) => actions) }
}

function sideOf({ document, catalogue, now }: GeneratedWorld): PolicySide {
  return { policy: compilePolicy(document, catalogue), asking: { now } }
}

function run<Result>(steps: Generator<number, Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

interface Counted {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

function differs(change: Reorganization, effect: ReachEffect, module: Key, action: Action): Objection {
  const users = Object.keys(change.after.document.users ?? {})
  const expected = users.map((user) => ({ user, ...counted(change, user, module, action) }))
  const told = effect.people.filter((one) => one.module === module && one.actions.includes(action))
  return (
    first(expected, ({ user, gained, lost }) => {
      const own = told.filter((one) => one.user === user)
      const sum = { gained: total(own, 'gained'), lost: total(own, 'lost') }
      return (
        unequal(`${user} ${action} ${module}`, sum, { gained: gained.length, lost: lost.length }) ??
        first(own, ({ because, ...one }) => uncaused(`${user} ${action} ${module}`, one, because))
      )
    }) ?? unequal(`totals of ${action} ${module}`, totals(effect, module, action), expectedTotals(expected))
  )
}

function counted({ before, after }: Reorganization, user: Key, module: Key, action: Action): Counted {
  const ofModule = before.records.filter((record) => record.module === module && !record.deleted)
  const changes = ofModule.map((record) => ({
    id: record.id ?? '',
    could: oracleAllows(before, user, action, record),
    can: oracleAllows(after, user, action, record),
  }))
  return {
    gained: changes.filter(({ could, can }) => can && !could).map(({ id }) => id),
    lost: changes.filter(({ could, can }) => could && !can).map(({ id }) => id),
  }
}

/** Whatever is gained is gained by something, and no cause explains more than there is. */
function uncaused(
  asked: string,
  { gained, lost }: { readonly gained: number; readonly lost: number },
  because: ReachEffect['people'][number]['because'],
): Objection {
  const [explained, most] = [
    { gained: total(because, 'gained') > 0, lost: total(because, 'lost') > 0 },
    because.every((cause) => cause.gained <= gained && cause.lost <= lost && cause.gained >= 0 && cause.lost >= 0),
  ]
  return unequal(`causes of ${asked}`, { ...explained, most }, { gained: gained > 0, lost: lost > 0, most: true })
}

function total(figures: readonly { readonly gained: number; readonly lost: number }[], of: 'gained' | 'lost'): number {
  return figures.reduce((sum, one) => sum + one[of], 0)
}

function totals(effect: ReachEffect, module: Key, action: Action) {
  const found = effect.actions.find((one) => one.module === module && one.action === action)
  return found ? { ...found.people, ...found.records } : { gaining: 0, losing: 0, gained: 0, lost: 0 }
}

function expectedTotals(counts: readonly Counted[]) {
  return {
    gaining: counts.filter(({ gained }) => gained.length > 0).length,
    losing: counts.filter(({ lost }) => lost.length > 0).length,
    gained: new Set(counts.flatMap(({ gained }) => gained)).size,
    lost: new Set(counts.flatMap(({ lost }) => lost)).size,
  }
}
