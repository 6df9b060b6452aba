import { all, any, isFalse, isTrue, type Key, not, type OwnerRef, type ReachCondition } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../../modules/columns.ts'
import type { OwnerParts } from '../../policy/live-policy.ts'
import type { DecomposedReach, Source } from '../list-shapes/decompose-reach.ts'
import type { Reading } from '../reach-to-sql.ts'

/** Records whose number is written down: those in these buckets. */
type Buckets = readonly number[] | 'all'

/**
 * What of the first way into a reach needn't be counted record by record: the records of whole buckets. Those of owners taken singly
 * aren't in it.
 */
export interface CountedPart {
  /** Where records that aren't confidential are reached. */
  readonly open: Buckets
  /** Where confidential ones are. */
  readonly confidential: readonly number[]
  /** Whose confidential records are reached besides: they are looked for among all of theirs. */
  readonly near: readonly number[]
  /** Whose records may be in the buckets without belonging there; they are taken off. */
  readonly moved: readonly number[]
}

/** Nothing where the way isn't made of whole buckets, or a cap asks for more of a record than whether it is confidential. */
export function findCountedPart({ snapshot }: Reading, { ways }: DecomposedReach): CountedPart | undefined {
  const [way] = ways
  const owners = way && ownersOf(way.source)
  if (owners === undefined) return undefined
  const cap = all(way?.caps ?? [])
  const spared = assuming(cap, true)
  if (!isTrue(assuming(cap, false))) return undefined
  if (owners === 'all') return wholeModule(snapshot, spared)
  const parts = snapshot.owners.partsOf(owners)
  return parts.buckets.length === 0 ? undefined : wholeBuckets(snapshot, owners, parts, spared)
}

function ownersOf(source: Source): ReadonlySet<OwnerRef> | 'all' | undefined {
  if (source.kind === 'owners') return source.also.length === 0 ? source.owners : undefined
  return source.kind === 'rows' && isTrue(source.condition) ? 'all' : undefined
}

type Owned = Pick<Reading['snapshot'], 'owners'>

function wholeModule({ owners }: Owned, spared: ReachCondition): CountedPart | undefined {
  if (isFalse(spared)) return { open: 'all', confidential: [], near: [], moved: [] }
  if (!('owners' in spared)) return undefined
  const { buckets, singles, moved } = owners.partsOf(spared.owners)
  return { open: 'all', confidential: buckets, near: singles, moved }
}

function wholeBuckets(
  { owners }: Owned,
  meant: ReadonlySet<OwnerRef>,
  { buckets, singles, moved }: OwnerParts,
  spared: ReachCondition,
): CountedPart | undefined {
  if (!('owners' in spared)) return undefined
  const alone = new Set(singles)
  const together = (owner: OwnerRef) => meant.has(owner) && !alone.has(owners.idOf(owner) ?? 0)
  const near = owners.partsOf(new Set([...spared.owners].filter(together)))
  return { open: buckets, confidential: near.buckets, near: near.singles, moved }
}

/** What is left to ask where it is known whether a record is confidential. */
function assuming(condition: ReachCondition, isConfidential: boolean): ReachCondition {
  if ('confidential' in condition) return { literal: isConfidential }
  if ('not' in condition) return not(assuming(condition.not, isConfidential))
  if ('all' in condition) return all(condition.all.map((one) => assuming(one, isConfidential)))
  if ('any' in condition) return any(condition.any.map((one) => assuming(one, isConfidential)))
  return condition
}

/** How many records the part has, as a scalar. */
export function countedSql(reading: Reading, module: Key, part: CountedPart): RawBuilder<unknown> {
  const { open, confidential, near, moved } = part
  const asLists = [open === 'all' ? [] : open, confidential]
  const place = (ids: readonly number[]) => reading.values?.placeOf(ids, 'int[]') ?? sql`${ids}::int[]`
  const terms = [
    written(module, sql`not confidential`, open, place),
    ...(confidential.length > 0 ? [sql` + ${written(module, sql`confidential`, confidential, place)}`] : []),
    ...(near.length > 0 ? [sql` + ${looked(module, sql`t.confidential and t.owner_id = any(${place(near)})`)}`] : []),
    ...(moved.length > 0 && asLists.some((list) => list.length > 0)
      ? [sql` - ${looked(module, sql`t.owner_id = any(${place(moved)}) and ${astray(asLists, place)}`)}`]
      : []),
  ]
  return sql`(${sql.join(terms, sql``)})::bigint`
}

type Place = (ids: readonly number[]) => RawBuilder<unknown>

function written(module: Key, which: RawBuilder<unknown>, buckets: Buckets, place: Place): RawBuilder<unknown> {
  const where = buckets === 'all' ? sql`` : sql` and bucket = any(${place(buckets)})`
  return sql`(select coalesce(sum(n), 0) from record_counts where module = ${module}${where} and ${which})`
}

function looked(module: Key, where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select count(*) from ${sql.table(recordTable(module))} as t where t.deleted_at is null and ${where})`
}

function astray([open = [], confidential = []]: readonly (readonly number[])[], place: Place): RawBuilder<unknown> {
  return sql`t.bucket = any(case when t.confidential then ${place(confidential)} else ${place(open)} end)`
}
