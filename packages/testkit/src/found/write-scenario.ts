import { ACTIONS, type FieldValue, type Key, type RecordFacts } from '@bailiwick/access'
import {
  oracleAllows,
  oracleAllowsOnModule,
  oracleFields,
  oracleLevel,
  oracleList,
  oracleRestores,
  type World,
} from '@bailiwick/access/oracle'
import { Document, visit } from 'yaml'
import { asWritten, type WrittenWorld } from './written-world.ts'

export interface ScenarioNote {
  readonly title: string
  /** Why the law answers so: where the answer was once another. */
  readonly because: string
}

/**
 * A world as a scenario file, with what the law says of everybody and everything in it: a case that went wrong once, to be asked
 * again of every layer. A licence isn't a scenario's; modules that the world's doesn't cover are named in a comment.
 */
export function writeScenario(given: WrittenWorld, { title, because }: ScenarioNote): string {
  const world = asWritten(given)
  const { bailiwick: _, ...policy } = world.document
  const scenario = {
    title,
    now: new Date(world.now).toISOString(),
    policy,
    records: Object.fromEntries(world.records.map((record, place) => [keyAt(place), written(world, record)])),
    questions: questionsOf(world).map((question) => ({ ...question, because })),
  }
  const file = new Document({ scenarios: [scenario] }, { aliasDuplicateObjects: false })
  if (given.licensed) file.commentBefore = ` Found with a licence for ${[...given.licensed].join(', ')} alone.`
  visit(file, {
    Seq: (_key, node) => {
      node.flow = !isBlock(node)
    },
  })
  return file.toString({ lineWidth: 130 })
}

/** Lists of mappings read better below each other, lists of names in a line. */
function isBlock(node: { readonly items: readonly unknown[] }): boolean {
  return node.items.some((item) => typeof item === 'object' && item !== null && 'items' in item)
}

const keyAt = (place: number) => `record${place + 1}`

function keysOf({ records }: WrittenWorld, listed: readonly RecordFacts[]): readonly string[] {
  const ids = listed.map(({ id }) => id)
  return records.flatMap(({ id }, place) => (ids.includes(id) ? [keyAt(place)] : []))
}

function written(world: WrittenWorld, record: RecordFacts) {
  const { module, owner, confidential, deleted, createdAt, createdBy, updatedAt, updatedBy, version, shares } = record
  const held = Object.entries(record.values).filter(([, value]) => !isEmpty(value))
  const targets = new Map(world.records.map(({ id }, place) => [id, keyAt(place)]))
  const lookups = held.flatMap(([field, value]) =>
    isLookup(world, module, field) ? [[field, targets.get(String(value))]] : [],
  )
  const says = { createdAt, createdBy, updatedAt, updatedBy, version }
  const system = Object.fromEntries(Object.entries(says).filter(([, value]) => value !== undefined))
  return {
    module,
    owner,
    ...(isGone(world, owner) && { ownerIsGone: 'yes' }),
    ...(confidential && { confidential: 'yes' }),
    ...(deleted && { deleted: 'yes' }),
    system,
    values: Object.fromEntries(held.filter(([field]) => !isLookup(world, module, field))),
    lookups: Object.fromEntries(lookups),
    shares: shares.map(({ with: grantee, level, expiresAt }) => ({
      with: grantee,
      level,
      ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt).toISOString() }),
    })),
  }
}

function isEmpty(value: FieldValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function isLookup({ document, catalogue }: World, module: Key, field: Key): boolean {
  const definition = document.modules?.[module]?.fields?.[field] ?? catalogue[module]?.fields?.[field]
  return definition?.type === 'lookup'
}

function isGone({ document }: World, owner: string): boolean {
  const [kind, key = ''] = owner.split(':')
  return !Object.hasOwn((kind === 'team' ? document.teams : document.users) ?? {}, key)
}

function questionsOf(world: WrittenWorld): object[] {
  const users = Object.keys(world.document.users ?? {})
  const asking = world.ip === undefined ? {} : { ip: world.ip }
  const modules = [...new Set(world.records.map(({ module }) => module))]
  return [
    ...world.records.flatMap((record, place) => aboutRecord(world, users, record, { record: keyAt(place), ...asking })),
    ...modules.flatMap((module) => aboutModule(world, users, module, asking)),
  ]
}

function aboutRecord(world: WrittenWorld, users: readonly Key[], record: RecordFacts, asked: object): object[] {
  const actions = ACTIONS.filter((action) => action !== 'create' && action !== 'import')
  const who = grouped([...actions, 'restore'] as const, (action) =>
    users.filter((user) =>
      action === 'restore' ? oracleRestores(world, user, record) : oracleAllows(world, user, action, record),
    ),
  )
  const levels = record.deleted ? [] : grouped(users, (user) => oracleLevel(world, user, record))
  return [
    ...who.map(([action, answer]) => ({ who: { action, ...asked }, answer })),
    ...levels.map(([user, answer]) => ({ level: { user, ...asked }, answer })),
  ]
}

function aboutModule(world: WrittenWorld, users: readonly Key[], module: Key, asking: object): object[] {
  const live = world.records.filter(({ deleted }) => !deleted)
  const reads = (user: Key) => oracleAllowsOnModule(world, user, 'read', module)
  const lists = grouped(users, (user) =>
    reads(user) ? keysOf(world, oracleList(world, user, 'read', module, live)) : 'refused',
  )
  const fields = grouped(users.filter(reads), (user) => Object.fromEntries(oracleFields(world, user, module)))
  const yes = (user: Key) => (oracleAllowsOnModule(world, user, 'create', module) ? 'yes' : 'no')
  return [
    ...lists.map(([user, answer]) => ({ list: { user, module, ...asking }, answer })),
    ...fields.map(([user, answer]) => ({ fields: { user, module, ...asking }, answer })),
    ...grouped(users, yes).map(([user, answer]) => ({ may: { user, action: 'create', module, ...asking }, answer })),
  ]
}

/** Items of the same answer together, in their order. */
function grouped<Item, Answer>(items: readonly Item[], answer: (item: Item) => Answer): [Item[], Answer][] {
  const groups = new Map<string, [Item[], Answer]>()
  for (const item of items) {
    const given = answer(item)
    const group = groups.get(JSON.stringify(given)) ?? [[], given]
    group[0].push(item)
    groups.set(JSON.stringify(given), group)
  }
  return [...groups.values()]
}
