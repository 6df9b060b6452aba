import {
  ACTIONS,
  all,
  any,
  capsOf,
  isActionGranted,
  isFalse,
  type Key,
  LEVELS,
  type Level,
  levelCondition,
  NEEDED_LEVEL,
  not,
  type Policy,
  type PolicyModule,
  type PolicyUser,
  type ReachCondition,
  type RecordFacts,
  rankOf,
} from '@bailiwick/access'
import { sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import { reachToSql } from './reach-to-sql.ts'
import type { Reading } from './stamped.ts'

export interface GainedBelow {
  readonly user: Key
  readonly records: number
  readonly actions: number
}

/** Of more people than these, the rest is taken to gain as much as the one who gained most. */
const MOST_COUNTED = 50

/**
 * What people gain below a record on which their level rises: exactly those records under it, however deep, that they didn't reach as far
 * before and that no cap takes from them.
 */
export async function gainedBelow(
  reading: Reading,
  policy: Policy,
  record: RecordFacts,
  risen: ReadonlyMap<Key, Level>,
): Promise<GainedBelow[]> {
  const counted: GainedBelow[] = []
  for (const [key, has] of [...risen].slice(0, MOST_COUNTED)) {
    const user = policy.users.get(key)
    if (user) counted.push({ user: key, ...(await countBelow(reading, policy, record, user, has)) })
  }
  const most = counted.reduce((best, one) => (one.actions > best.actions ? one : best), { records: 0, actions: 0 })
  const rest = [...risen.keys()].slice(MOST_COUNTED).map((user) => ({ ...most, user }))
  return [...counted, ...rest]
}

type GainedLevel = Exclude<Level, 'none'>

async function countBelow(reading: Reading, policy: Policy, record: RecordFacts, user: PolicyUser, has: Level) {
  let [records, actions] = [0, 0]
  for (const { module, isUnder } of childModules(policy, record)) {
    const gains = LEVELS.flatMap((level): GainedLevel[] =>
      level !== 'none' && rankOf(level) <= rankOf(has) ? [level] : [],
    )
    const counts = await countEach(
      reading,
      policy,
      module,
      gains.map((level) => isUnder(user, level)),
    )
    const granted = (level: Level) =>
      ACTIONS.filter((one) => NEEDED_LEVEL[one] === level && isActionGranted(user, module.key, one)).length
    const useful = gains.map((level, at) => ({ count: counts[at] ?? 0, actions: granted(level) }))
    records += Math.max(0, ...useful.map((one) => (one.actions > 0 ? one.count : 0)))
    actions += useful.reduce((sum, one) => sum + one.count * one.actions, 0)
  }
  return { records, actions }
}

interface ChildModule {
  readonly module: PolicyModule
  /** Holds on records that come to be reached on the level through the record. */
  readonly isUnder: (user: PolicyUser, level: GainedLevel) => ReachCondition
}

/** Every module whose records hang under the record, at whatever depth. */
function childModules(policy: Policy, record: Pick<RecordFacts, 'module' | 'id'>): ChildModule[] {
  return childrenOf(policy, record.module).flatMap(({ module, field }): ChildModule[] => {
    const compare = { field, type: 'lookup', op: 'eq', value: record.id ?? '' } as const
    return withDescendants(policy, {
      module,
      isUnder: (user, level) => newly(policy, user, module, level, { compare }),
    })
  })
}

function withDescendants(policy: Policy, child: ChildModule): ChildModule[] {
  const below = childrenOf(policy, child.module.key).flatMap(({ module, field }) =>
    withDescendants(policy, {
      module,
      isUnder: (user, level) => {
        const parent = { field, module: child.module.key, condition: child.isUnder(user, level) }
        return newly(policy, user, module, level, { parent })
      },
    }),
  )
  return [child, ...below]
}

function childrenOf(policy: Policy, module: Key) {
  return [...policy.modules.values()].flatMap((child) => {
    const field = child.parent === undefined ? undefined : child.fields.get(child.parent)
    return field?.module === module ? [{ module: child, field: field.key }] : []
  })
}

/** Of the records on which `through` holds: those not reached as far before, and cut by no cap. */
function newly(
  policy: Policy,
  user: PolicyUser,
  module: PolicyModule,
  level: GainedLevel,
  through: ReachCondition,
): ReachCondition {
  const cutting = capsOf(policy, user, module).filter((cap) => rankOf(cap.level) < rankOf(level))
  const before = levelCondition(policy, user, module, level)
  return all([through, not(before), not(any(cutting.map(({ condition }) => condition)))])
}

async function countEach(
  { database, snapshot, now }: Reading,
  policy: Policy,
  module: PolicyModule,
  conditions: readonly ReachCondition[],
): Promise<number[]> {
  if (conditions.every(isFalse)) return conditions.map(() => 0)
  const asked = { snapshot: { ...snapshot, policy }, now }
  const counts = conditions.map((condition) => {
    return sql`count(*) filter (where ${reachToSql(asked, module.key, 't', condition)})::int`
  })
  const { rows } = await sql<{ counts: number[] }>`
    select array[${sql.join(counts)}] as counts from ${sql.table(recordTable(module.key))} as t
    where t.deleted_at is null and ${reachToSql(asked, module.key, 't', any(conditions))}
  `.execute(database)
  return rows[0]?.counts ?? []
}
