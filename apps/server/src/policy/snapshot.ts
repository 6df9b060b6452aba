import { compilePolicy, type Key, type ModuleCatalogue, type Policy, type PolicyDocument } from '@bailiwick/access'
import { indexOwners, type Owners } from './owners.ts'
import type { OwnerRow } from './store.ts'

/** One policy, compiled, with the stamp that every statement made from it compares. */
export interface Snapshot {
  /** The number of the policy version that it was compiled from. */
  readonly version: number
  /** Grows with everything that changes who may do what: versions, suspensions, revoked keys and sessions. */
  readonly stamp: number
  /** Grows when moved owners have arrived in their buckets. */
  readonly settled: number
  readonly document: PolicyDocument
  readonly policy: Policy
  readonly owners: Owners
}

/** Compiles what was stored. `licensed` unstated: every module. */
export function compileSnapshot(
  stored: {
    readonly version: number
    readonly stamp: number
    readonly settled: number
    readonly document: PolicyDocument
    readonly owners: readonly OwnerRow[]
  },
  catalogue: ModuleCatalogue,
  licensed?: ReadonlySet<Key>,
): Snapshot {
  const { version, stamp, settled, document } = stored
  return {
    version,
    stamp,
    settled,
    document,
    policy: compilePolicy(document, catalogue, licensed),
    owners: indexOwners(stored.owners),
  }
}
