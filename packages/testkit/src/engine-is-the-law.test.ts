import {
  ACTIONS,
  type Action,
  BUILT_IN_MODULES,
  explain,
  holds,
  type Key,
  levelReach,
  NEEDED_LEVEL,
  type RecordFacts,
  reach,
  reachCondition,
  reachHolds,
} from '@bailiwick/access'
import { oracleList } from '@bailiwick/access/oracle'
import { arbitraryConditions, conditionDifference } from './generate/condition-readings.ts'
import { law, type Objection } from './generate/law.ts'
import {
  actionsFor,
  difference,
  type EngineReading,
  engineReading,
  everywhere,
  first,
  oracleReading,
  type Reading,
  unequal,
  usersOf,
} from './generate/readings.ts'
import { arbitraryWorld } from './generate/world.ts'
import { opens } from './scenarios/law-session.ts'

const unchecked = arbitraryWorld({ unchecked: true })

law('the engine answers every question as the law does', arbitraryWorld(), (world) =>
  difference(world, world.records, engineReading(world), oracleReading(world)),
)

law('and also in organizations that a check would refuse', unchecked, (world) =>
  difference(world, world.records, engineReading(world), oracleReading(world)),
)

law(
  'and with the built-in modules',
  arbitraryWorld({ catalogue: BUILT_IN_MODULES, maximumRecords: 12 }),
  (world) => difference(world, world.records, engineReading(world), oracleReading(world)),
  60,
)

law('explain names the grants and caps of the law, and its verdict is the decision', unchecked, (world) => {
  const [engine, oracle] = [engineReading(world), oracleReading(world)]
  return everywhere(world, (user, record, position) => {
    if (record.deleted || !Object.hasOwn(world.document.users ?? {}, user)) return undefined
    const asked = `${user} on ${record.id}`
    const isActive = engine.policy.users.get(user)?.status === 'active'
    return (
      (isActive
        ? (unequal(`grants of ${asked}`, engine.grants(user, record), oracle.grants(user, record)) ??
          unequal(`caps of ${asked}`, engine.caps(user, record), oracle.caps(user, record)))
        : unequal(`grants of ${asked}`, engine.grants(user, record), [])) ??
      first(actionsFor(user, position), (action) => verdict(engine, oracle, user, action, record))
    )
  })
})

function verdict(
  { policy, asking }: EngineReading,
  oracle: Reading,
  user: Key,
  action: Action,
  record: RecordFacts,
): Objection {
  const { allowed, missing, needed } = explain(policy, user, action, record, asking)
  const asked = `${user} ${action} ${record.id}`
  return (
    unequal(`verdict of ${asked}`, allowed, oracle.allows(user, action, record)) ??
    unequal(`nothing missing, and allowed: ${asked}`, missing.length === 0, allowed) ??
    unequal(`needed for ${asked}`, needed, NEEDED_LEVEL[action]) ??
    fieldVerdict(policy, asking, oracle, user, action, record)
  )
}

/** Of one of the fields, another one for each record: whether the action may be done to it is a matter of the access to it. */
function fieldVerdict(
  policy: EngineReading['policy'],
  asking: EngineReading['asking'],
  oracle: Reading,
  user: Key,
  action: Action,
  record: RecordFacts,
): Objection {
  const accesses = [...oracle.fields(user, record.module)]
  const [field, access] = accesses[(action.length + (record.version ?? 0)) % accesses.length] ?? []
  if (field === undefined) return undefined
  const told = explain(policy, user, action, record, asking, field)
  const isOpen = opens(access, action)
  return (
    unequal(`${user} ${action} ${field} of ${record.id}`, told.field?.allowed, isOpen) ??
    unequal(`and allowed of ${field}`, told.allowed, isOpen && oracle.allows(user, action, record))
  )
}

law('a reach holds on a record exactly where the decision is yes', unchecked, (world) => {
  const { policy, asking, allows } = engineReading(world)
  return everywhere(world, (user, record) =>
    first(ACTIONS, (action) => {
      if (record.deleted) return undefined
      const reached = reach(policy, user, record.module, action, asking)
      return unequal(
        `${user} ${action} ${record.id}`,
        holds(reachCondition(reached), record, { ...asking, timeZone: policy.timeZone }),
        allows(user, action, record),
      )
    }),
  )
})

law('every listed record passes the check, and every one that passes is listed', unchecked, (world) => {
  const { policy, asking } = engineReading(world)
  const live = world.records.filter(({ deleted }) => !deleted)
  return first(usersOf(world), (user) =>
    first(world.modules, ({ key }) => {
      const reached = reach(policy, user, key, 'read', asking)
      const listed = live.filter((record) => record.module === key && reachHolds(policy, reached, record, asking))
      const ids = (records: typeof live) => records.map(({ id }) => id)
      return unequal(
        `list of ${key} for ${user}`,
        ids(listed),
        ids(oracleList(world, user, 'read', key, world.records)),
      )
    }),
  )
})

law('the reach of a level holds exactly where the level is at least that', unchecked, (world) => {
  const { policy, asking } = engineReading(world)
  const oracle = oracleReading(world)
  const order = ['none', 'read', 'edit', 'full']
  return everywhere(world, (user, record) =>
    record.deleted
      ? undefined
      : first(['read', 'edit', 'full'] as const, (wanted) =>
          unequal(
            `${user} ${wanted} ${record.id}`,
            reachHolds(policy, levelReach(policy, user, record.module, wanted), record, asking),
            order.indexOf(oracle.level(user, record)) >= order.indexOf(wanted),
          ),
        ),
  )
})

law(
  'a condition holds in the engine exactly where it holds by the law',
  arbitraryConditions({ unchecked: true }),
  (world) => conditionDifference(world),
  1000,
)
