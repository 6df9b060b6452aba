import type { Key, PolicyDocument, RecordFacts, UserDefinition } from '@bailiwick/access'
import fc from 'fast-check'
import { stated } from './people.ts'
import { index, type Made, pick } from './pools.ts'
import { grantee, shareSeed } from './records.ts'
import { restrictionRule, restrictionRuleSeed, sharingRule, sharingRuleSeed } from './rules.ts'
import { arbitraryWorld, type GeneratedWorld, type GenerationOptions } from './world.ts'

export const CHANGE_KINDS = [
  'add sharing rule',
  'remove sharing rule',
  'add restriction rule',
  'remove restriction rule',
  'suspend user',
  'give profile',
  'add share',
  'pass time',
  'reorder',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** What was done, to whom or what of it, and the world afterwards (with as many records, in the same order). */
export interface Change {
  readonly kind: ChangeKind
  readonly key?: Key
  readonly world: GeneratedWorld
}

export const changeSeed = fc.record({
  at: index,
  sharingRule: sharingRuleSeed,
  restrictionRule: restrictionRuleSeed,
  share: shareSeed,
  hours: fc.nat(60),
})

export type ChangeSeed = Made<typeof changeSeed>

/** One change of the world, of one of the kinds. */
export function arbitraryChange(
  world: GeneratedWorld,
  kinds: readonly ChangeKind[] = CHANGE_KINDS,
): fc.Arbitrary<Change> {
  return fc.tuple(fc.constantFrom(...kinds), changeSeed).map(([kind, seed]) => changed(world, kind, seed))
}

export interface ChangedWorld {
  readonly before: GeneratedWorld
  readonly change: Change
}

/** A world and one change of it; both shrink together. */
export function arbitraryChangedWorld(
  kinds: readonly ChangeKind[] = CHANGE_KINDS,
  options: GenerationOptions = {},
): fc.Arbitrary<ChangedWorld> {
  return fc
    .tuple(arbitraryWorld(options), fc.constantFrom(...kinds), changeSeed)
    .map(([before, kind, seed]) => ({ before, change: changed(before, kind, seed) }))
}

/** The change that a seed means in a world. */
export function changed(world: GeneratedWorld, kind: ChangeKind, seed: ChangeSeed): Change {
  const { document } = world
  switch (kind) {
    case 'add sharing rule':
      return withDocument(kind, world, 'added', {
        sharingRules: { ...document.sharingRules, added: sharingRule(world, seed.sharingRule) },
      })
    case 'add restriction rule':
      return withDocument(kind, world, 'added', {
        restrictionRules: { ...document.restrictionRules, added: restrictionRule(world, seed.restrictionRule) },
      })
    case 'remove sharing rule': {
      const [key, sharingRules] = without(document.sharingRules ?? {}, seed.at)
      return withDocument(kind, world, key, { sharingRules })
    }
    case 'remove restriction rule': {
      const [key, restrictionRules] = without(document.restrictionRules ?? {}, seed.at)
      return withDocument(kind, world, key, { restrictionRules })
    }
    case 'suspend user':
      return changeUser(kind, world, seed, () => ({ status: 'suspended' }))
    case 'give profile':
      return changeUser(kind, world, seed, ({ profiles = [] }) => ({
        profiles: [...new Set([...profiles, pick(Object.keys(document.profiles ?? {}), seed.hours)])],
      }))
    case 'add share':
      return { kind, ...addShare(world, seed) }
    case 'pass time':
      return { kind, world: { ...world, now: world.now + seed.hours * 3_600_000 + 1 } }
    case 'reorder':
      return { kind, world: reorder(world, seed.at) }
  }
}

function withDocument(
  kind: ChangeKind,
  world: GeneratedWorld,
  key: Key | undefined,
  sections: Partial<PolicyDocument>,
): Change {
  return { kind, ...stated({ key }), world: { ...world, document: { ...world.document, ...sections } } }
}

function without<T>(table: { readonly [key: Key]: T }, at: number): [Key | undefined, { readonly [key: Key]: T }] {
  const keys = Object.keys(table)
  if (keys.length === 0) return [undefined, table]
  const key = pick(keys, at)
  return [key, Object.fromEntries(Object.entries(table).filter(([other]) => other !== key))]
}

function changeUser(
  kind: ChangeKind,
  world: GeneratedWorld,
  { at }: ChangeSeed,
  change: (user: UserDefinition) => UserDefinition,
): Change {
  const [key, user] = pick(Object.entries(world.document.users ?? {}), at)
  const users = { ...world.document.users, [key]: { ...user, ...change(user) } }
  return withDocument(kind, world, key, { users })
}

/** A share more on one record, also where that record is looked up as a parent. Its key is the record's id. */
function addShare(world: GeneratedWorld, { at, share }: ChangeSeed): Pick<Change, 'key' | 'world'> {
  const { id } = pick(world.records, at)
  const { level, expires } = share
  const added = {
    with: grantee(share, world.names),
    level,
    ...stated({ expiresAt: expires === undefined ? undefined : world.now + expires }),
  }
  const visit = (record: RecordFacts): RecordFacts => ({
    ...record,
    shares: record.id === id ? [...record.shares, added] : record.shares,
    parent: record.parent ? visit(record.parent) : null,
  })
  return { ...stated({ key: id }), world: { ...world, records: world.records.map(visit) } }
}

/** The same world, with the entries of every table and every list the other way round, or turned by some places. */
function reorder(world: GeneratedWorld, by: number): GeneratedWorld {
  const visit = (record: RecordFacts): RecordFacts => ({
    ...record,
    shares: turned(record.shares, by),
    parent: record.parent ? visit(record.parent) : null,
  })
  return { ...world, document: turnedTree(world.document, by), records: world.records.map(visit) }
}

function turned<T>(list: readonly T[], by: number): readonly T[] {
  const from = list.length === 0 ? 0 : by % list.length
  const round = [...list.slice(from), ...list.slice(0, from)]
  return by % 2 === 0 ? round.toReversed() : round
}

/** Typed as it came: only the order of entries differs. */
function turnedTree<T>(tree: T, by: number): T {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return turned(node, by).map(visit)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(turned(Object.entries(node), by).map(([key, value]) => [key, visit(value)]))
  }
  return visit(tree) as T
}
