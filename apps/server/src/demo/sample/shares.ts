import type { Level, Principal } from '@bailiwick/access'
import type { DemoRecord, DemoReference } from '../demo-record.ts'
import { refer } from '../demo-record.ts'

/** A record that somebody opens to somebody by hand. */
export interface DemoShare {
  readonly record: DemoReference
  /** Who shares: always the owner. */
  readonly by: Principal
  readonly with: Principal
  readonly level: Exclude<Level, 'none'>
  /** Epoch milliseconds; absent: for good. */
  readonly expiresAt?: number
  readonly reason: string
}

const NINETY_DAYS = 90 * 24 * 3600 * 1000

/**
 * Some records opened to a group, a person, a team and an office, one of them for ninety days.
 * @param now epoch milliseconds
 */
export function sampleShares(deals: readonly DemoRecord[], accounts: readonly DemoRecord[], now: number): DemoShare[] {
  return [...confidentialToDealDesk(deals), ...newcomersLearn(deals, now), ...accountsAcrossOffices(accounts)]
}

function confidentialToDealDesk(deals: readonly DemoRecord[]): DemoShare[] {
  const secret = deals.filter((deal) => deal.confidential && deal.lookups?.account)
  return secret.slice(0, 4).map((deal) => ({
    record: refer('deals', deal.externalId),
    by: deal.owner,
    with: 'group:deal-desk',
    level: 'read',
    reason: 'Please look over the terms before we sign.',
  }))
}

/** Carl has no deals of his own; Kary shows him some of hers while he learns. */
function newcomersLearn(deals: readonly DemoRecord[], now: number): DemoShare[] {
  const open = deals.filter((deal) => deal.owner === 'user:kary-hendrixson' && deal.values.closeDate === null)
  return open.slice(0, 5).map((deal) => ({
    record: refer('deals', deal.externalId),
    by: deal.owner,
    with: 'user:carl-lin',
    level: 'edit',
    expiresAt: now + NINETY_DAYS,
    reason: 'Carl works on these with me until he has his own.',
  }))
}

function accountsAcrossOffices(accounts: readonly DemoRecord[]): DemoShare[] {
  const domestic = accounts.filter(({ values }) => values.country === 'United States')
  const inEast = domestic.find(({ values }) => values.region === 'East')
  const inCentral = domestic.find(({ owner }) => owner === 'user:darcel-schlecht')
  return [
    ...shareAccount(inEast, 'role+:west-office', 'read', 'The customer opens a branch on the West coast.'),
    ...shareAccount(inCentral, 'team:team-neubert', 'edit', 'Darcel has his hands full; the East helps out.'),
  ]
}

function shareAccount(
  account: DemoRecord | undefined,
  grantee: Principal,
  level: DemoShare['level'],
  reason: string,
): DemoShare[] {
  if (!account) return []
  return [{ record: refer('accounts', account.externalId), by: account.owner, with: grantee, level, reason }]
}
