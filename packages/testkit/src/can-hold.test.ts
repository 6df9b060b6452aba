import { canHold, filterCondition, holds } from '@bailiwick/access'
import { arbitraryConditions } from './generate/condition-readings.ts'
import { law } from './generate/law.ts'
import { engineReading, first, objectWhere } from './generate/readings.ts'

law('what is said never to hold holds on no record, for nobody', arbitraryConditions(), (world) => {
  const { policy, asking } = engineReading(world)
  const moment = { ...asking, timeZone: policy.timeZone }
  return first(Object.values(world.document.sharingRules ?? {}), ({ module, when }) =>
    first(world.names.users, (user) => {
      const condition = filterCondition(policy, user, module, when ?? { all: [] })
      if (canHold(condition, policy.timeZone)) return undefined
      return first(world.records, (record) =>
        objectWhere(
          record.module === module && holds(condition, record, moment),
          `${user} on ${record.id}: ${JSON.stringify(when)}`,
        ),
      )
    }),
  )
})
