import { type Condition, filterCondition, holds, type Key, type RecordFacts } from '@bailiwick/access'
import { oracleMeets } from '@bailiwick/access/oracle'
import fc from 'fast-check'
import { condition, conditionSeed } from './conditions.ts'
import type { Objection } from './law.ts'
import { pick } from './pools.ts'
import { engineReading, first, unequal } from './readings.ts'
import { arbitraryWorld, type GeneratedWorld, type GenerationOptions } from './world.ts'

/** Worlds whose sharing rules are there for their conditions: eight of them, each about the module of one of the records. */
export function arbitraryConditions(options: GenerationOptions = {}): fc.Arbitrary<GeneratedWorld> {
  return fc
    .tuple(arbitraryWorld(options), fc.array(conditionSeed, { minLength: 1, maxLength: 8 }))
    .map(([world, seeds]) => {
      const rules = seeds.map((seed, position) => {
        const { module } = pick(world.records, position)
        const fields = world.modules.find(({ key }) => key === module)?.fields ?? {}
        const when = condition(world.values, fields, seed)
        return [`c${position}`, { module, with: ['everyone'], level: 'read' as const, when }] as const
      })
      return { ...world, document: { ...world.document, sharingRules: Object.fromEntries(rules) } }
    })
}

/** The first condition that holds otherwise for the engine, which sees one world, than by the law in another, record by record. */
export function conditionDifference(world: GeneratedWorld, seen: GeneratedWorld = world): Objection {
  const { policy, asking } = engineReading(seen)
  const moment = { ...asking, timeZone: policy.timeZone }
  return first(world.records.entries(), ([at, record]) =>
    first(conditionsFor(world, record), ([rule, when]) =>
      first(world.names.users, (user) =>
        unequal(
          `${user} on ${record.id}: ${JSON.stringify(when)}`,
          holds(
            filterCondition(policy, user, record.module, seenWhen(seen, rule, when)),
            pick(seen.records, at),
            moment,
          ),
          oracleMeets(world, user, when, record),
        ),
      ),
    ),
  )
}

function conditionsFor({ document }: GeneratedWorld, record: RecordFacts): (readonly [Key, Condition])[] {
  return Object.entries(document.sharingRules ?? {}).flatMap(([key, { module, when }]) =>
    when && module === record.module ? [[key, when] as const] : [],
  )
}

function seenWhen({ document }: GeneratedWorld, rule: Key, when: Condition): Condition {
  return document.sharingRules?.[rule]?.when ?? when
}
