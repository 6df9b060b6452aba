import type { Action, Clearance, FieldAccess, Key, OwnerRef, SignInWindow } from '../document.ts'
import type { GrantedLevel } from '../grants.ts'

/** A parent of the record in question: so many lookups above it. */
export interface RecordAbove {
  readonly above: number
  readonly module: Key
  readonly id?: string
}

/** A step on the record in question or, where it says `on`, on one of its parents. */
export type RecordChange = { readonly on?: RecordAbove } & (
  | { readonly kind: 'share'; readonly user: Key; readonly level: GrantedLevel }
  /** Its shares stay. */
  | { readonly kind: 'transfer'; readonly to: OwnerRef }
  | { readonly kind: 'liftConfidential' }
  | { readonly kind: 'restore' }
)

/** A step on who people are and how they are grouped. */
export type PeopleChange =
  | { readonly kind: 'activate'; readonly user: Key }
  | { readonly kind: 'giveProfile'; readonly user: Key; readonly profile: Key }
  | { readonly kind: 'joinGroup'; readonly user: Key; readonly group: Key }
  | { readonly kind: 'joinTeam'; readonly user: Key; readonly team: Key; readonly leads: boolean }
  | { readonly kind: 'takeRole'; readonly user: Key; readonly role: Key }
  /** `user` comes to report to `manager`. */
  | { readonly kind: 'reportTo'; readonly user: Key; readonly manager: Key }

/** A step on what profiles hold and whom rules spare. */
export type RuleChange =
  | { readonly kind: 'grantActions'; readonly profile: Key; readonly module: Key; readonly actions: readonly Action[] }
  | {
      readonly kind: 'openField'
      readonly profile: Key
      readonly module: Key
      readonly field: Key
      readonly access: FieldAccess
    }
  | { readonly kind: 'giveClearance'; readonly profile: Key; readonly clearance: Clearance }
  | { readonly kind: 'allowHours'; readonly profile: Key; readonly window: SignInWindow }
  | { readonly kind: 'allowNetwork'; readonly profile: Key; readonly network: string }
  | { readonly kind: 'exceptFromRestriction'; readonly user: Key; readonly rule: Key }

/** One step that somebody could take so that a person may do what he may not now. */
export type Change = RecordChange | PeopleChange | RuleChange | { readonly kind: 'license'; readonly module: Key }

/** Whether the change is one of records alone, and leaves policy and licence as they are. */
export function isOfRecord(change: Change): change is RecordChange {
  const { kind } = change
  return kind === 'share' || kind === 'transfer' || kind === 'liftConfidential' || kind === 'restore'
}
