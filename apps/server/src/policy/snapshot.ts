import {
  compilePolicy,
  type Key,
  type ModuleCatalogue,
  type OwnerRef,
  type Policy,
  type PolicyDocument,
} from '@bailiwick/access'
import type { OwnerRow } from './store.ts'

/** Owners are rows, so that a record names its owner in four bytes; ids are never used again. */
export interface Owners {
  idOf(owner: OwnerRef): number | undefined
  refOf(id: number): OwnerRef | undefined
}

/** One policy, compiled, with the stamp that every statement made from it compares. */
export interface Snapshot {
  /** The number of the policy version that it was compiled from. */
  readonly version: number
  /** Grows with everything that changes who may do what: versions, suspensions, revoked keys and sessions. */
  readonly stamp: number
  readonly document: PolicyDocument
  readonly policy: Policy
  readonly owners: Owners
}

/** Compiles what was stored. `licensed` unstated: every module. */
export function compileSnapshot(
  stored: {
    readonly version: number
    readonly stamp: number
    readonly document: PolicyDocument
    readonly owners: readonly OwnerRow[]
  },
  catalogue: ModuleCatalogue,
  licensed?: ReadonlySet<Key>,
): Snapshot {
  const { version, stamp, document } = stored
  return {
    version,
    stamp,
    document,
    policy: compilePolicy(document, catalogue, licensed),
    owners: indexOwners(stored.owners),
  }
}

export function indexOwners(rows: readonly OwnerRow[]): Owners {
  const refs = new Map(rows.map(({ id, kind, key }): [number, OwnerRef] => [id, `${kind}:${key}`]))
  const ids = new Map([...refs].map(([id, ref]) => [ref, id]))
  return { idOf: (owner) => ids.get(owner), refOf: (id) => refs.get(id) }
}
