import type { Action, Key, Level, RecordFacts } from '@bailiwick/access'
import { oracleAllows, oracleFieldAccess, oracleRestores } from '@bailiwick/access/oracle'
import fc from 'fast-check'
import { changed, changeSeed } from './changes.ts'
import { MOVE_KINDS, moved } from './moves.ts'
import { principal } from './people.ts'
import { index, type Made, pick } from './pools.ts'
import { arbitraryWorld, type GeneratedWorld, type GenerationOptions } from './world.ts'

/** What can be done to a record over an interface, and what a person needs for it. */
export const DEEDS = {
  transfer: 'transfer',
  'transfer and keep shares': 'transfer',
  share: 'share',
  unshare: 'share',
  confide: 'confide',
  reveal: 'confide',
  rename: 'update',
  delete: 'delete',
  restore: 'restore',
} as const satisfies { readonly [deed: string]: Action | 'restore' }
export type Deed = keyof typeof DEEDS

/** What every generated module calls its title. */
export const TITLE = 'name'

const POLICY_KINDS = [
  'add sharing rule',
  'remove sharing rule',
  'add restriction rule',
  'remove restriction rule',
  'suspend user',
  'give profile',
] as const

/** One thing that happens in a living organization. */
export type Step =
  | { readonly kind: 'policy'; readonly what: string; readonly world: GeneratedWorld }
  | { readonly kind: 'time'; readonly what: string; readonly world: GeneratedWorld }
  | RecordStep

export interface RecordStep {
  readonly kind: 'record'
  readonly deed: Deed
  readonly what: string
  readonly record: RecordFacts
  /** Who tries. */
  readonly user: Key
  /** Whether the law lets him. */
  readonly isAllowed: boolean
  /** Whether it can be done with what it is to be done with, by who is allowed to. */
  readonly isSound: boolean
  /** What the deed is done with: the new owner, the principal of a share, … */
  readonly to: DeedTarget
  /** What is there where it is done. */
  readonly world: GeneratedWorld
}

export interface DeedTarget {
  readonly principal: string
  readonly owner: string
  readonly level: Exclude<Level, 'none'>
  readonly expiresAt?: number
  readonly text: string
}

const stepSeed = fc.record({
  kind: fc.nat(9),
  at: index,
  deed: index,
  user: index,
  isByWhoMay: fc.constantFrom(true, true, true, false),
  grantee: fc.record({ kind: fc.nat(5), at: index }),
  owner: fc.record({ isTeam: fc.boolean(), at: index }),
  level: fc.constantFrom('read' as const, 'edit' as const, 'full' as const),
  expires: fc.constantFrom(undefined, 1, 3_600_000),
  change: changeSeed,
})
export type StepSeed = Made<typeof stepSeed>

/** An organization, and what happens to it one thing after the other: each step is made of the world that it finds. */
export interface History {
  readonly before: GeneratedWorld
  readonly steps: readonly StepSeed[]
}

export function arbitraryHistory(options: GenerationOptions = {}, most = 4): fc.Arbitrary<History> {
  return fc.record({ before: arbitraryWorld(options), steps: fc.array(stepSeed, { minLength: 1, maxLength: most }) })
}

/** The step that a seed means in a world. */
export function stepOf(world: GeneratedWorld, seed: StepSeed): Step {
  if (seed.kind === 9) return timeStep(world, seed)
  return seed.kind < 5 ? policyStep(world, seed) : recordStep(world, seed)
}

function timeStep(world: GeneratedWorld, { change: { hours } }: StepSeed): Step {
  return { kind: 'time', what: `${hours} hours pass`, world: { ...world, now: world.now + hours * 3_600_000 + 1 } }
}

function policyStep(world: GeneratedWorld, seed: StepSeed): Step {
  const kind = pick([...POLICY_KINDS, ...MOVE_KINDS], seed.at)
  const known = POLICY_KINDS.find((one) => one === kind)
  // The first user keeps the policy: nobody but he could undo anything.
  const spared = { ...seed.change, at: known === 'suspend user' ? atAnotherThanTheFirst(world, seed) : seed.change.at }
  if (known) return { kind: 'policy', what: kind, world: changed(world, known, spared).world }
  const move = MOVE_KINDS.find((one) => one === kind) ?? MOVE_KINDS[0]
  return { kind: 'policy', what: kind, world: moved(world, move, seed.change) }
}

function atAnotherThanTheFirst({ names: { users } }: GeneratedWorld, { change: { at } }: StepSeed): number {
  return 1 + (at % (users.length - 1))
}

function recordStep(world: GeneratedWorld, seed: StepSeed): RecordStep {
  const record = pick(world.records, seed.at)
  const possible = Object.keys(DEEDS).filter((deed): deed is Deed => fits(deed, record))
  const deed = pick(possible, seed.deed)
  const may = (user: Key) => mayDo(world, user, deed, record)
  const { users } = world.names
  const able = users.filter(may)
  const user = pick(seed.isByWhoMay && able.length > 0 ? able : users, seed.user)
  const to = targetOf(world, record, deed, seed)
  const isAllowed = may(user)
  const isSound = !deed.startsWith('transfer') || canOwn(world, to.owner)
  const after = isAllowed && isSound ? withRecord(world, done(record, deed, to, user, world.now)) : world
  const what = `${user} may ${deed} ${record.id}`
  return { kind: 'record', deed, what, record, user, isAllowed, isSound, to, world: after }
}

/** Records are given to teams, and to people who are still there. */
function canOwn({ document }: GeneratedWorld, owner: string): boolean {
  const user = owner.startsWith('user:') ? document.users?.[owner.slice('user:'.length)] : undefined
  return owner.startsWith('team:') || (user !== undefined && (user.status ?? 'active') === 'active')
}

function mayDo(world: GeneratedWorld, user: Key, deed: Deed, record: RecordFacts): boolean {
  const needs = DEEDS[deed]
  if (needs === 'restore') return oracleRestores(world, user, record)
  const isOpen = deed !== 'rename' || oracleFieldAccess(world, user, record.module, TITLE) === 'edit'
  return isOpen && oracleAllows(world, user, needs, record)
}

/** A deleted record can only be restored, and only such a one; taking a share away takes one. */
function fits(deed: string, record: RecordFacts): boolean {
  if (record.deleted || deed === 'restore') return record.deleted === true && deed === 'restore'
  return deed !== 'unshare' || record.shares.length > 0
}

function targetOf(world: GeneratedWorld, record: RecordFacts, deed: Deed, seed: StepSeed): DeedTarget {
  const { names, values, now } = world
  const shared = record.shares.length > 0 ? pick(record.shares, seed.at).with : principal(names, seed.grantee)
  return {
    principal: deed === 'unshare' ? shared : principal(names, seed.grantee),
    owner:
      seed.owner.isTeam && names.teams.length > 0
        ? `team:${pick(names.teams, seed.owner.at)}`
        : `user:${pick(names.users, seed.owner.at)}`,
    level: seed.level,
    ...(seed.expires !== undefined && { expiresAt: now + seed.expires }),
    text: pick(values.texts, seed.at),
  }
}

function done(record: RecordFacts, deed: Deed, to: DeedTarget, user: Key, now: number): RecordFacts {
  const touched = { updatedAt: new Date(now).toISOString(), updatedBy: `user:${user}` }
  const { principal: grantee, owner, level, expiresAt } = to
  const others = record.shares.filter((share) => share.with !== grantee)
  switch (deed) {
    case 'transfer':
      return { ...record, ...touched, owner, shares: [] }
    case 'transfer and keep shares':
      return { ...record, ...touched, owner }
    case 'share':
      return { ...record, shares: [...others, { with: grantee, level, ...(expiresAt !== undefined && { expiresAt }) }] }
    case 'unshare':
      return { ...record, shares: others }
    case 'confide':
      return { ...record, ...touched, confidential: true }
    case 'reveal':
      return { ...record, ...touched, confidential: false }
    case 'delete':
      return { ...record, ...touched, deleted: true }
    case 'restore':
      return { ...record, ...touched, deleted: false }
    case 'rename':
      // Whoever says what stands there already has changed nothing.
      if (record.values[TITLE] === to.text) return record
      return { ...record, ...touched, values: { ...record.values, [TITLE]: to.text } }
  }
}

/** The world with a record changed, wherever it is looked up as a parent. */
export function withRecord(world: GeneratedWorld, record: RecordFacts): GeneratedWorld {
  const visit = (each: RecordFacts): RecordFacts => {
    const seen = each.id === record.id ? record : each
    return { ...seen, parent: seen.parent ? visit(seen.parent) : null }
  }
  return { ...world, records: world.records.map(visit) }
}
