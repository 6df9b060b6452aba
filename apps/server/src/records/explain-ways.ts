import {
  BUILT_IN_MODULES,
  type Change,
  fields,
  findWays,
  hasSystemPermission,
  kindsOf,
  type ModuleCatalogue,
  type Policy,
  type Refusal,
  rankOfAccess,
  whoCanDoWhat,
} from '@bailiwick/access'
import { createApplicableWays } from './applicable-ways.ts'
import type { RecordsParts } from './parts.ts'
import type { Reading } from './stamped.ts'
import { recordsOfWays } from './ways-compared.ts'
import { measureOpening, type Opened, type Opening } from './ways-opened.ts'

export interface MeasuredWay {
  readonly changes: readonly Change[]
  readonly opens: Opened
}

export interface WaysParts extends RecordsParts {
  /** The built-in modules; Bailiwick's own where unstated. */
  readonly catalogue?: ModuleCatalogue
}

/** Looked at closely, of all ways that seem to open little: each takes some milliseconds, and more of large organizations. */
const MOST_MEASURED = 20
const MOST_TOLD = 12
const MOST_OF_A_KIND = 3

/**
 * The smallest changes that would allow what is refused, those that open least besides first. Left out is what the policy's own tests
 * and invariants would refuse. For who manages access.
 */
export async function measureWays(parts: WaysParts, reading: Reading, refusal: Refusal): Promise<MeasuredWay[]> {
  const { policy } = reading.snapshot
  const catalogue = parts.catalogue ?? BUILT_IN_MODULES
  const could = whoCanDoWhat(policy, refusal.facts, refusal.asking)
  const applicable = createApplicableWays(reading, catalogue)
  const openings: Opening[] = []
  for (const changes of findWays(policy, catalogue, refusal)) {
    if (openings.length >= MOST_MEASURED) break
    const after = await applicable.policyAfter(changes)
    if (after) openings.push({ refusal, changes, before: policy, after, could })
  }
  const records = await recordsOfWays(reading, openings)
  const measured: MeasuredWay[] = []
  for (const opening of openings) {
    measured.push({ changes: opening.changes, opens: await measureOpening(reading, opening, records) })
  }
  return aFewOfEachKind(measured.sort((one, other) => weightOf(one) - weightOf(other))).slice(0, MOST_TOLD)
}

function aFewOfEachKind(ways: readonly MeasuredWay[]): MeasuredWay[] {
  const kinds = Map.groupBy(ways, ({ changes }) => kindsOf(changes))
  const few = new Set([...kinds.values()].flatMap((alike) => alike.slice(0, MOST_OF_A_KIND)))
  return ways.filter((way) => few.has(way))
}

/** More than any organization has records: who gains a permission over the organization gains more than any action. */
const PERMISSION = 1e12

/** Actions, fields and permissions over all people and records; of two equal ones, the one of fewer steps goes first. */
function weightOf({ opens, changes }: MeasuredWay): number {
  return opens.permissions * PERMISSION + opens.actions + opens.fields + changes.length / 100
}

const MOST_ASKED = 3

/** Whom the refused person may turn to: the record's owner, where he may know him, and some who manage access. No rule is named. */
export function whomToAsk(policy: Policy, { user, facts }: Refusal): string[] {
  const owner = fields(policy, user, facts.module).get('owner')
  const isKnown = owner !== undefined && rankOfAccess(owner) >= rankOfAccess('read')
  const managers = [...policy.users.keys()].filter((key) => hasSystemPermission(policy, key, 'manageAccess'))
  const known = isKnown && facts.owner !== `user:${user}` ? [facts.owner] : []
  return [...new Set([...known, ...managers.slice(0, MOST_ASKED).map((key) => `user:${key}`)])]
}
