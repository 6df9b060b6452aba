import type { OwnerRef } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import { type OwnerRow, readOwnerRows } from './store.ts'

/** Owners are rows, so that a record names its owner in four bytes; ids are never used again. */
export interface Owners {
  idOf(owner: OwnerRef): number | undefined
  refOf(id: number): OwnerRef | undefined
  /** A set of owners as whole buckets and single ones. Worked out once for each set, which must not change. */
  partsOf(owners: ReadonlySet<OwnerRef>): OwnerParts
}

/**
 * Owners taken together: whose record carries one of the buckets and isn't a moved owner's, or whose owner is one of the singles. No
 * owner is meant by both.
 */
export interface OwnerParts {
  /** Everybody in them who isn't moved is among the owners. */
  readonly buckets: readonly number[]
  readonly singles: readonly number[]
  /** Everybody, of whatever bucket, some of whose records may still carry another one. */
  readonly moved: readonly number[]
  /** Which part of all owners they are, from 0 to 1. */
  readonly share: number
}

/** The owners as a transaction sees them, those that it has just added included. `database` must be in the organization's schema. */
export async function readOwners(database: QueryExecutorProvider): Promise<Owners> {
  return indexOwners(await readOwnerRows(database))
}

export function indexOwners(rows: readonly OwnerRow[]): Owners {
  const refs = new Map(rows.map(({ id, kind, key }): [number, OwnerRef] => [id, `${kind}:${key}`]))
  const owners = new Map(rows.map((row): [OwnerRef, OwnerRow] => [`${row.kind}:${row.key}`, row]))
  const sizes = countByBucket(rows)
  const moved = rows.filter((row) => row.moved).map(({ id }) => id)
  const known = new WeakMap<ReadonlySet<OwnerRef>, OwnerParts>()
  const split = (set: ReadonlySet<OwnerRef>): OwnerParts => {
    const members = [...set].flatMap((owner) => owners.get(owner) ?? [])
    const buckets = wholeBuckets(members, sizes)
    const singles = members.filter((row) => row.moved || !buckets.has(row.bucket)).map(({ id }) => id)
    return { buckets: [...buckets], singles, moved, share: members.length / Math.max(rows.length, 1) }
  }
  return {
    idOf: (owner) => owners.get(owner)?.id,
    refOf: (id) => refs.get(id),
    partsOf: (set) => {
      const parts = known.get(set) ?? split(set)
      known.set(set, parts)
      return parts
    },
  }
}

function wholeBuckets(members: readonly OwnerRow[], sizes: ReadonlyMap<number, number>): Set<number> {
  const counted = [...countByBucket(members)]
  return new Set(counted.filter(([bucket, size]) => size === sizes.get(bucket)).map(([bucket]) => bucket))
}

function countByBucket(rows: readonly OwnerRow[]): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const { bucket, moved } of rows) if (!moved) sizes.set(bucket, (sizes.get(bucket) ?? 0) + 1)
  return sizes
}
