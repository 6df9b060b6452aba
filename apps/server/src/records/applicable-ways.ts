import {
  type Change,
  changeDocument,
  compilePolicy,
  isOfRecord,
  type Key,
  licences,
  type ModuleCatalogue,
  type Policy,
} from '@bailiwick/access'
import { findBrokenPromises } from '../policy/broken-promises.ts'
import { loadFacts } from './facts.ts'
import type { Reading } from './stamped.ts'

/** What ways come to. */
export interface ApplicableWays {
  /** The policy with the changes made, the same where they are none of its; nothing where it would not be applied. */
  policyAfter(changes: readonly Change[]): Promise<Policy | undefined>
}

/**
 * A way is of no use that ends in a refusal: one by which a test of the document would fail, or an invariant be broken, that stands
 * now. What is broken already stands in the way of all changes alike, and says nothing of this one.
 */
export function createApplicableWays(reading: Reading, catalogue: ModuleCatalogue): ApplicableWays {
  const { policy } = reading.snapshot
  const licensed = [...policy.modules.keys()].filter((key) => policy.isLicensed(key))
  const brokenBy = (after: Policy) =>
    findBrokenPromises(after, catalogue, { now: reading.now }, (module: Key, id: string) =>
      policy.modules.has(module) ? loadFacts(reading, module, id) : Promise.resolve(undefined),
    )
  let brokenNow: Promise<ReadonlySet<string>> | undefined
  const make = async (changes: readonly Change[]): Promise<Policy | undefined> => {
    const document = changes.reduce(changeDocument, policy.document)
    const after = compilePolicy(document, catalogue, licences(licensed, changes), policy)
    const broken = await brokenBy(after)
    if (broken.size === 0) return after
    brokenNow ??= brokenBy(policy)
    const known = await brokenNow
    return [...broken].every((one) => known.has(one)) ? after : undefined
  }
  const made = new Map<string, Promise<Policy | undefined>>()
  return {
    policyAfter: (changes) => {
      const ofPolicy = changes.filter((change) => !isOfRecord(change))
      if (ofPolicy.length === 0) return Promise.resolve(policy)
      const name = JSON.stringify(ofPolicy)
      const after = made.get(name) ?? make(ofPolicy)
      made.set(name, after)
      return after
    },
  }
}
