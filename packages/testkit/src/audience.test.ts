import { ACTIONS, audience, decide, explain, whoCan } from '@bailiwick/access'
import { oracleAllows } from '@bailiwick/access/oracle'
import { law } from './generate/law.ts'
import { engineReading, first, unequal } from './generate/readings.ts'
import { arbitraryWorld } from './generate/world.ts'

const worlds = arbitraryWorld({ unchecked: true })

law('everyone who may do something to a record is told, with the explanation that he would get', worlds, (world) => {
  const { policy, asking } = engineReading(world)
  const users = Object.keys(world.document.users ?? {})
  return first(world.records, (record) =>
    first(ACTIONS, (action) => {
      const told = audience(policy, record, asking, action)
      const allowed = users.filter((user) => oracleAllows(world, user, action, record))
      const decided = users.filter((user) => decide(policy, user, action, record, asking))
      const on = `${action} ${record.id}`
      return (
        unequal(`who can ${on}`, whoCan(policy, action, record, asking), decided) ??
        (record.deleted ? undefined : unequal(`the law on ${on}`, decided, allowed)) ??
        unequal(
          `members of ${on}`,
          told.map(({ user }) => user),
          decided,
        ) ??
        first(told, ({ user, level, why }) => {
          const explained = explain(policy, user, action, record, asking)
          return unequal(`${user} ${on}`, { level, why }, { level: explained.level, why: explained.grants })
        })
      )
    }),
  )
})
