import type { Action, Principal, RecordFacts } from '@bailiwick/access'
import { parseInstant } from '@bailiwick/access'
import { invalidInput } from '../../problem.ts'
import { ownerRef } from '../create-record.ts'
import { requireShares, type ShareInput } from '../shares.ts'
import type { Reading } from '../stamped.ts'

/** Exactly one of them. */
export interface AccessChangeInput {
  readonly share?: ShareInput
  readonly unshare?: { readonly with: Principal }
  readonly confidential?: boolean
  readonly transfer?: { readonly owner: string; readonly keepShares?: boolean }
}

/** A change of who has access to a record: what it asks for, whom it names, and what the record is after it. */
export interface AccessChange {
  readonly action: Action
  /** @throws Problem 422 where it names nobody of the organization */
  named(reading: Reading): Principal | undefined
  apply(facts: RecordFacts): RecordFacts
}

/** @throws Problem 422 where it isn't exactly one change. */
export function requireChange(input: AccessChangeInput): AccessChange {
  const { share, unshare, confidential, transfer } = input
  const given = [
    share && shareChange(share),
    unshare && unshareChange(unshare.with),
    confidential === undefined ? undefined : confideChange(confidential),
    transfer && transferChange(transfer),
  ].filter((change) => change !== undefined)
  const [only] = given
  if (only && given.length === 1) return only
  throw invalidInput([{ path: '', message: 'must hold one of share, unshare, confidential and transfer' }])
}

function shareChange(share: ShareInput): AccessChange {
  return {
    action: 'share',
    named: (reading) => {
      requireShares(reading, [{ path: '/share', share }])
      return share.with
    },
    apply: (facts) => ({ ...facts, shares: [...withoutShare(facts, share.with), factOf(share)] }),
  }
}

function factOf({ with: to, level, expiresAt }: ShareInput) {
  const ends = expiresAt === undefined ? undefined : parseInstant(expiresAt)
  return { with: to, level, ...(ends === undefined ? {} : { expiresAt: ends }) }
}

function unshareChange(principal: Principal): AccessChange {
  return {
    action: 'share',
    named: () => principal,
    apply: (facts) => ({ ...facts, shares: withoutShare(facts, principal) }),
  }
}

function withoutShare({ shares }: RecordFacts, principal: Principal) {
  return shares.filter((share) => share.with !== principal)
}

function confideChange(confidential: boolean): AccessChange {
  return { action: 'confide', named: () => undefined, apply: (facts) => ({ ...facts, confidential }) }
}

function transferChange({ owner, keepShares }: NonNullable<AccessChangeInput['transfer']>): AccessChange {
  const ref = owner.startsWith('team:') || owner.startsWith('user:') ? owner : `user:${owner}`
  return {
    action: 'transfer',
    named: (reading) => {
      if (ownerRef(reading, owner) !== undefined) return ref
      const message = 'must name an active user (user:anna) or a team (team:support)'
      throw invalidInput([{ path: '/transfer/owner', message }])
    },
    apply: (facts) => ({ ...facts, owner: ref, shares: keepShares ? facts.shares : [] }),
  }
}
