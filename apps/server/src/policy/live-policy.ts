import type { Key, ModuleCatalogue, OwnerRef, Policy, PolicyDocument } from '@bailiwick/access'
import { compilePolicy } from '@bailiwick/access'

/** An organization as far as its data is concerned. */
export interface OrganizationPlace {
  readonly id: string
  readonly slug: string
  /** The schema that holds the organization's tables. */
  readonly schema: string
  /** The database role that alone reaches that schema. */
  readonly role: string
}

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

/** What the organization's schema holds about its policy, read in one snapshot. */
export interface StoredPolicy {
  readonly version: number
  readonly stamp: number
  readonly document: PolicyDocument
  readonly licensed?: ReadonlySet<Key>
  readonly owners: readonly { readonly id: number; readonly kind: 'user' | 'team'; readonly key: Key }[]
}

export interface LivePolicies {
  /** The policy as last loaded by this process; a statement that finds it stale says so by its stamp. */
  current(organization: OrganizationPlace): Promise<Snapshot>
  /** A snapshot no older than the stamp that a statement met, loaded anew where need be. */
  refresh(organization: OrganizationPlace, atLeastStamp: number): Promise<Snapshot>
  forget(organization: OrganizationPlace): void
}
