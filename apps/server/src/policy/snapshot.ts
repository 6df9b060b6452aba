import { isDeepStrictEqual } from 'node:util'
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
  /** The number of the version that its users are written in. */
  readonly usersFrom: number
  readonly document: PolicyDocument
  readonly policy: Policy
  readonly owners: Owners
}

/**
 * Compiles what was stored.
 * @param licensed unstated: every module
 * @param known the policy before it: what was made of sections that stayed as they were is used again
 */
export function compileSnapshot(
  stored: Omit<Snapshot, 'policy' | 'owners'> & { readonly owners: readonly OwnerRow[] },
  catalogue: ModuleCatalogue,
  licensed?: ReadonlySet<Key>,
  known?: Policy,
): Snapshot {
  const { version, stamp, settled, usersFrom } = stored
  const document = known ? withKnownSections(stored.document, known.document) : stored.document
  return {
    version,
    stamp,
    settled,
    usersFrom,
    document,
    policy: compilePolicy(document, catalogue, licensed, known),
    owners: indexOwners(stored.owners),
  }
}

/** Sections that say the same are the very same objects. Where the users aren't, no other is worth the comparison. */
function withKnownSections(document: PolicyDocument, known: PolicyDocument): PolicyDocument {
  if (document.users !== known.users) return document
  const sections = Object.entries(document) as [keyof PolicyDocument, unknown][]
  const same = sections.filter(([name, section]) => isDeepStrictEqual(section, known[name]))
  return { ...document, ...Object.fromEntries(same.map(([name]) => [name, known[name]])) }
}
