import { alikeOwners, type NeededSide, type OwnerRef } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Owners } from '../policy/owners.ts'

/** What classes are grouped by instead of an owner's name, and whom that stands for. */
export interface OwnerColumn {
  /** A small whole number, or null where there is no record. */
  readonly query: RawBuilder<number | null>
  refOf(value: number): OwnerRef
}

export interface TellingOwners {
  readonly owners: Owners
  /** Whether one owner may stand for others whom nothing that is asked tells apart: far fewer classes, that name not all owners. */
  readonly mergesOwners?: boolean
}

/** Whoever is nobody of the organization: no condition asks of it. */
const NOBODY = ''

/** @param alias of the records, or parents, in the statement */
export function ownerColumn(
  { owners, mergesOwners }: TellingOwners,
  alias: string,
  { owners: sets }: NeededSide,
): OwnerColumn {
  const id = sql.ref<number | null>(`${alias}.owner_id`)
  if (!mergesOwners) return { query: id, refOf: (value) => owners.refOf(value) ?? NOBODY }
  const standing: OwnerRef[] = []
  const numbers: number[] = []
  for (const [owner, number] of alikeOwners(sets)) {
    const place = owners.idOf(owner)
    if (place === undefined) continue
    numbers[place] = number
    standing[number] ??= owner
  }
  // An array's first place is 1; owners behind its end get null, and those in no set 0: both are in none.
  const byPlace = Array.from({ length: Math.max(0, numbers.length - 1) }, (_, at) => numbers[at + 1] ?? 0)
  return { query: sql`coalesce((${byPlace}::int[])[${id}], 0)`, refOf: (value) => standing[value] ?? NOBODY }
}
