import { type RawBuilder, sql } from 'kysely'

/**
 * Of records that aren't deleted, for whoever walks those of one bucket or one owner in order, and for the indexes that have them so. To
 * the planner it says less than `deleted_at is null` (which it follows from; no version is below zero), so that indexes of all of a
 * module's records, which ask for just that, aren't open to such a walk. They were taken for it where they happened to be one level
 * less deep, and the whole table was gone through for the few records of a bucket.
 * @param alias the table's, where it has one
 */
export function undeletedWithin(alias?: string): RawBuilder<boolean> {
  return undeletedOr(alias, 0)
}

/**
 * The same for walks of what a rule by values leads to, and for the indexes that have that: it says less still (no version is below one),
 * so that indexes within buckets aren't open to such a walk either.
 */
export function undeletedByRule(alias?: string): RawBuilder<boolean> {
  return undeletedOr(alias, 1)
}

function undeletedOr(alias: string | undefined, version: number): RawBuilder<boolean> {
  const column = (name: string) => (alias === undefined ? sql.ref(name) : sql.ref(`${alias}.${name}`))
  return sql<boolean>`(${column('deleted_at')} is null or ${column('version')} < ${sql.lit(version)})`
}
