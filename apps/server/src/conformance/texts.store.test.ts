import {
  type FieldComparison,
  type FieldType,
  fold,
  type Key,
  type Operator,
  type PolicyModule,
  type ReachCondition,
  reach,
  reachCondition,
} from '@bailiwick/access'
import { arbitraryWorld, askedLaw, type GeneratedWorld, type Objection, unequal, usersOf } from '@bailiwick/testkit'
import { sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { isSearchedField } from '../modules/searched-texts.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { type AskedConditions, conditionsOf, lookedThrough, plannedConditions } from '../records/asked-list.ts'
import { reachedTotal } from '../records/counts/reached-total.ts'
import { restOfRows, textsAttempt } from '../records/list-shapes/filtered-rows.ts'
import type { PageQuestion } from '../records/list-shapes/page-rows.ts'
import { Values } from '../records/list-shapes/values.ts'
import { type View, viewOf } from '../records/present-record.ts'
import { reachToSql, type SqlCondition } from '../records/reach-to-sql.ts'
import { textParts, textsHold, wordOf } from '../records/words-in-texts.ts'
import { testDatabase } from '../testing/index.ts'
import { storedWorlds } from './stored-worlds.ts'

const { database, createOrganization } = await testDatabase()
const place = await createOrganization()
const stored = await storedWorlds(database, place)
const tables = database.organization(place)

askedLaw(
  'what is sought in texts is found wherever one that is read in clear has it, and nowhere else',
  arbitraryWorld(),
  textsObjection,
  60,
)

/** What texts are written among: parts of them are as likely as not in some other field, some other record, or no text at all. */
const TEXTS = [
  'Äänekoski Oy',
  'ÄÄNEKOSKI',
  'a\u030Aa\u0308kkoset',
  '303244 is no letter',
  '100 % a_b',
  'back\\slash',
  '北京公司',
  'شركة النور',
  'İstanbul ΟΔΟΣ',
  'two\nlines',
  'A-17.b',
  '😀 smile',
]
const WORDS = [
  'ä',
  'oy',
  '303244',
  '%',
  '_',
  'a_b',
  'a%',
  '\\',
  'kslash',
  'k\\s',
  '公司',
  '公',
  'شركة',
  'ος',
  'i\u0307',
  'two\nlines',
  'o\nl',
  'a-17',
  '😀',
  'zzz',
  'no letter',
]

async function textsObjection(world: GeneratedWorld): Promise<Objection> {
  await stored.settle(world)
  const snapshot = await stored.snapshot()
  const users = usersOf(world)
  for (const [at, { key }] of world.modules.entries()) {
    const module = snapshot.policy.modules.get(key)
    if (!module) continue
    await writeTexts(module, at + world.records.length)
    for (const user of [users.at(at % users.length), users.at((at + world.records.length) % users.length)]) {
      const objection = await userObjection(world, snapshot, user ?? '', module, at + world.records.length)
      if (objection !== undefined) return objection
    }
  }
  return undefined
}

/** Each searched field of each record gets one of the texts, or none. */
async function writeTexts(module: PolicyModule, turn: number): Promise<void> {
  const fields = [...module.fields.values()].filter((field) => isSearchedField(field.key, field) && isWritten(field))
  if (fields.length === 0) return
  const sets = fields.map(({ key, type }, at) => {
    const one = sql`(${TEXTS}::text[])[1 + abs(hashtext(t.id::text || ${String(turn + at)}::text)) % ${sql.lit(TEXTS.length + 4)}]`
    return sql`${sql.id(fieldColumn(key))} = ${type === 'choice' ? sql`lower(${one})` : one}`
  })
  await sql`update ${sql.table(recordTable(module.key))} as t set ${sql.join(sets)}`.execute(tables)
}

const isWritten = ({ key, unique }: { readonly key: Key; readonly unique: boolean }) => key !== 'externalId' && !unique

async function userObjection(
  { now, ip }: GeneratedWorld,
  snapshot: Snapshot,
  user: Key,
  module: PolicyModule,
  turn: number,
): Promise<Objection> {
  const reading = { snapshot, now, actor: stored.actor(user) }
  const view = viewOf(reading, module)
  const reached = reachCondition(reach(snapshot.policy, user, module.key, 'read', { now, ip }))
  const asked = { snapshot, now, view, reached }
  const records = await readTexts(asked)
  for (let at = 0; at < 5; at++) {
    const sought = seek(view, records, turn, at)
    const ids = records.filter((record) => isFound(record, sought)).map(({ id }) => id)
    const on = `${user} on ${module.key}, ${JSON.stringify(sought)}`
    for (const way of WAYS) {
      const found = await foundBy(way, asked, sought)
      const objection = unequal(`${on}, ${way}`, found, found && ids)
      if (objection !== undefined) return objection
    }
    for (const conditions of [plannedConditions, lookedThrough]) {
      const objection = unequal(`${on}, counted`, await counted(asked, sought, conditions), ids.length)
      if (objection !== undefined) return objection
    }
  }
  return undefined
}

/** Folded words, in whichever fields; and what a field is to hold. */
interface Sought {
  readonly words: readonly string[]
  readonly field?: { readonly key: Key; readonly type: FieldType; readonly op: Operator; readonly value: string }
}

const OPS = ['contains', 'startsWith', 'eq'] as const

/** What some record holds as often as what none does. */
function seek(view: View, records: readonly HeldTexts[], turn: number, at: number): Sought {
  const word = (number: number) => fold(WORDS[number % WORDS.length] ?? '')
  const words = [word(turn * 3 + at * 5), ...(at === 1 ? [word(turn + at)] : [])]
  const fields = clearFields(view)
  const field = fields[(turn + at) % fields.length]
  if (at < 2 || !field) return { words }
  const op = OPS[(turn + at) % OPS.length] ?? 'eq'
  const held = records.flatMap((record) => record.held.get(field.key) ?? [])
  const whole = held[(turn + at) % (held.length + 1)] ?? fold(TEXTS[(turn * 7 + at) % TEXTS.length] ?? '')
  const from = op === 'contains' ? turn % 4 : 0
  // By whole characters: no half of one gets as far as here.
  const part = [...whole].slice(from, from + 1 + (turn % 4)).join('')
  const value = op === 'eq' ? whole : part
  return { words: at === 4 ? words.slice(0, 1) : [], field: { key: field.key, type: field.type, op, value } }
}

interface HeldTexts {
  readonly id: string
  /** Folded, by field. */
  readonly held: ReadonlyMap<Key, string>
}

function isFound({ held }: HeldTexts, { words, field }: Sought): boolean {
  if (!words.every((word) => [...held.values()].some((text) => text.includes(word)))) return false
  if (!field) return true
  const text = held.get(field.key)
  if (text === undefined) return false
  if (field.op === 'eq') return text === field.value
  return field.op === 'contains' ? text.includes(field.value) : text.startsWith(field.value)
}

interface Asked {
  readonly snapshot: Snapshot
  readonly now: number
  readonly view: View
  readonly reached: ReachCondition
}

function clearFields({ visible, access }: View) {
  return visible.filter((field) => isSearchedField(field.key, field) && access.get(field.key) !== 'masked')
}

/** The texts that the person reads in clear, as the records themselves have them. */
async function readTexts({ snapshot, now, view, reached }: Asked): Promise<HeldTexts[]> {
  const clear = clearFields(view)
  const columns = clear.map(({ key }) => sql.ref(`t.${fieldColumn(key)}`))
  const { rows } = await sql<{ id: string; held: (string | null)[] }>`
    select t.id, array[${sql.join([sql`null::text`, ...columns])}] as held from ${sql.table(recordTable(view.module.key))} as t
    where t.deleted_at is null and ${reachToSql({ snapshot, now }, view.module.key, 't', reached)} order by t.id`.execute(
    tables,
  )
  return rows.map(({ id, held: [, ...texts] }) => {
    const pairs = texts.flatMap((text, at): [Key, string][] => (text === null ? [] : [[clear[at]!.key, fold(text)]]))
    return { id, held: new Map(pairs) }
  })
}

function conditionsFor({ module }: View, { words, field }: Sought): AskedConditions {
  const { key, ...rest } = field ?? {}
  const compare = field && ({ ...rest, field: key } as FieldComparison)
  const filter = compare && { compare }
  return { filter, words: words.map(wordOf), parts: textParts(module, filter) }
}

const WAYS = ['by the texts that hold them', 'by few of them', 'planned', 'one by one', 'record by record'] as const

/** The ids in order; nothing where the way gives up. */
async function foundBy(
  way: (typeof WAYS)[number],
  { snapshot, now, view, reached }: Asked,
  sought: Sought,
): Promise<string[] | undefined> {
  const values = new Values()
  const reading = { snapshot, now, values }
  const asked = conditionsFor(view, sought)
  const question: PageQuestion = {
    module: view.module,
    reach: reached,
    also: conditionsOf(reading, view, asked),
    sort: [{ field: view.module.fields.get('id')!, descending: false }],
    limit: 1_000,
  }
  const rest = (also: readonly SqlCondition[]) => idsIn(values, restOfRows(reading, { ...question, also }))
  const hold = textsHold(reading, view, asked)
  if (way === 'planned') return rest(plannedConditions(reading, view, asked))
  if (way === 'record by record' || !hold) return rest(question.also)
  if (way === 'one by one') return rest(lookedThrough(reading, view, asked))
  const attempt = textsAttempt(reading, question, hold, way === 'by few of them' ? 1 : 1_000)
  const tried = sql`(
    with ${attempt.tables}
    select t.id, whole.is_whole from (select ${attempt.isWhole} as is_whole) as whole left join found as t on true) as t`
  const { rows } = await sql<{ id: string | null; is_whole: boolean }>`
    select t.* from ${values.row('shown')} cross join lateral ${tried} order by t.id`.execute(tables)
  return rows[0]?.is_whole ? rows.flatMap(({ id }) => id ?? []) : undefined
}

async function idsIn(values: Values, rows: ReturnType<typeof restOfRows>): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select t.id from ${values.row('hidden')} cross join lateral ${rows} order by t.id`.execute(tables)
  return found.rows.map(({ id }) => id)
}

async function counted(
  { snapshot, now, view, reached }: Asked,
  sought: Sought,
  conditions: typeof plannedConditions,
): Promise<number> {
  const reading = { snapshot, now, values: new Values() }
  const also = conditions(reading, view, conditionsFor(view, sought))
  const isFoundByAlso = conditions === plannedConditions
  const { statement } = reachedTotal(reading, { module: view.module, reach: reached, also, isFoundByAlso })
  const { rows } = await sql<{ total: number }>`
    select counted.total from ${reading.values.row('shown')} cross join lateral (${statement}) as counted`.execute(
    tables,
  )
  return Number(rows[0]?.total)
}
