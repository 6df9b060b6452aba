import type { OwnerRef } from '@bailiwick/access'
import type { QueryExecutorProvider } from 'kysely'
import { type OwnerRow, readOwnerRows } from './store.ts'

/** Owners are rows, so that a record names its owner in four bytes; ids are never used again. */
export interface Owners {
  idOf(owner: OwnerRef): number | undefined
  refOf(id: number): OwnerRef | undefined
}

/** The owners as a transaction sees them, those that it has just added included. `database` must be in the organization's schema. */
export async function readOwners(database: QueryExecutorProvider): Promise<Owners> {
  return indexOwners(await readOwnerRows(database))
}

export function indexOwners(rows: readonly OwnerRow[]): Owners {
  const refs = new Map(rows.map(({ id, kind, key }): [number, OwnerRef] => [id, `${kind}:${key}`]))
  const ids = new Map([...refs].map(([id, ref]) => [ref, id]))
  return { idOf: (owner) => ids.get(owner), refOf: (id) => refs.get(id) }
}
