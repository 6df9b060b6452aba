import { fold, type Key, type PolicyModule, reach, reachCondition } from '@bailiwick/access'
import { arbitraryWorld, askedLaw, type GeneratedWorld, type Objection, unequal, usersOf } from '@bailiwick/testkit'
import { sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import { isSearchedField } from '../modules/searched-texts.ts'
import { createLivePolicies, type Snapshot } from '../policy/live-policy.ts'
import { conditionsOf, plannedConditions } from '../records/asked-list.ts'
import { reachedTotal } from '../records/counts/reached-total.ts'
import { restOfRows, wordsAttempt } from '../records/list-shapes/filtered-rows.ts'
import type { PageQuestion } from '../records/list-shapes/page-rows.ts'
import { Values } from '../records/list-shapes/values.ts'
import { type View, viewOf } from '../records/present-record.ts'
import { reachToSql, type SqlCondition } from '../records/reach-to-sql.ts'
import { textsHold, textsMayHold, wordOf } from '../records/words-in-texts.ts'
import { testDatabase } from '../testing/index.ts'
import { storedWorlds } from './stored-worlds.ts'

const { database, createOrganization } = await testDatabase()
const place = await createOrganization()
const stored = await storedWorlds(database, place)
const tables = database.organization(place)

askedLaw(
  'a word is found wherever a text that is read in clear has it, and nowhere else',
  arbitraryWorld(),
  wordsObjection,
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

async function wordsObjection(world: GeneratedWorld): Promise<Objection> {
  await stored.settle(world)
  const policies = createLivePolicies(database, {
    catalogue: world.catalogue,
    findLicensed: async () => world.licensed,
  })
  const snapshot = await policies.current(place)
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
  const texts = await readTexts({ snapshot, now }, view, reached)
  for (let at = 0; at < 4; at++) {
    const words = [
      WORDS[(turn * 3 + at * 5) % WORDS.length],
      ...(at % 2 ? [WORDS[(turn + at) % WORDS.length]] : []),
    ].map((word) => fold(word ?? ''))
    const expected = texts.filter(({ held }) => words.every((word) => held.some((text) => fold(text).includes(word))))
    const ids = expected.map(({ id }) => id)
    for (const way of WAYS) {
      const found = await foundBy(way, { snapshot, now }, view, reached, words)
      const objection = unequal(`${user} seeks ${JSON.stringify(words)} in ${module.key}, ${way}`, found, found && ids)
      if (objection !== undefined) return objection
    }
    const total = await counted({ snapshot, now }, view, reached, words)
    const objection = unequal(`${user} counts ${JSON.stringify(words)} in ${module.key}`, total, ids.length)
    if (objection !== undefined) return objection
  }
  return undefined
}

type Condition = ReturnType<typeof reachCondition>
type Asked = { readonly snapshot: Snapshot; readonly now: number }

/** The texts that the person reads in clear, by the record, as the records themselves have them. */
async function readTexts(asked: Asked, view: View, reached: Condition) {
  const clear = view.visible.filter(
    (field) => isSearchedField(field.key, field) && view.access.get(field.key) !== 'masked',
  )
  const columns = clear.map(({ key }) => sql.ref(`t.${fieldColumn(key)}`))
  const { rows } = await sql<{ id: string; held: (string | null)[] }>`
    select t.id, array[${sql.join([sql`null::text`, ...columns])}] as held from ${sql.table(recordTable(view.module.key))} as t
    where t.deleted_at is null and ${reachToSql(asked, view.module.key, 't', reached)} order by t.id`.execute(tables)
  return rows.map(({ id, held }) => ({ id, held: held.filter((text) => text !== null) }))
}

const WAYS = ['by the texts that hold them', 'by few of them', 'planned', 'one by one', 'record by record'] as const

/** The ids in order; nothing where the way gives up. */
async function foundBy(
  way: (typeof WAYS)[number],
  asked: Asked,
  view: View,
  reached: Condition,
  texts: readonly string[],
): Promise<string[] | undefined> {
  const reading = { ...asked, values: new Values() }
  const words = texts.map(wordOf)
  const question: PageQuestion = {
    module: view.module,
    reach: reached,
    also: conditionsOf(reading, view, { words }),
    sort: [{ field: view.module.fields.get('id')!, descending: false }],
    limit: 1_000,
  }
  const hold = textsHold(reading, view, words)
  if (way === 'planned') {
    return idsIn(
      reading.values,
      restOfRows(reading, { ...question, also: plannedConditions(reading, view, { words }) }),
    )
  }
  if (way === 'record by record' || !hold) return idsIn(reading.values, restOfRows(reading, question))
  if (way === 'one by one') {
    const also = [textsMayHold(view, hold), ...question.also]
    return idsIn(
      reading.values,
      restOfRows(reading, { ...question, also: [sql<boolean>`(${sql.join(also, sql` and `)}) is true`] }),
    )
  }
  const attempt = wordsAttempt(reading, question, hold, way === 'by few of them' ? 1 : 1_000)
  const tried = sql`(
    with ${attempt.tables}
    select t.id, whole.is_whole from (select ${attempt.isWhole} as is_whole) as whole left join found as t on true) as t`
  const { rows } = await sql<{ id: string | null; is_whole: boolean }>`
    select t.* from ${reading.values.row('shown')} cross join lateral ${tried} order by t.id`.execute(tables)
  return rows[0]?.is_whole ? rows.flatMap(({ id }) => id ?? []) : undefined
}

async function idsIn(values: Values, rows: SqlCondition | ReturnType<typeof restOfRows>): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select t.id from ${values.row('hidden')} cross join lateral ${rows} order by t.id`.execute(tables)
  return found.rows.map(({ id }) => id)
}

async function counted(asked: Asked, view: View, reached: Condition, texts: readonly string[]): Promise<number> {
  const reading = { ...asked, values: new Values() }
  const also = plannedConditions(reading, view, { words: texts.map(wordOf) })
  const { statement } = reachedTotal(reading, { module: view.module, reach: reached, also })
  const { rows } = await sql<{ total: number }>`
    select counted.total from ${reading.values.row('shown')} cross join lateral (${statement}) as counted`.execute(
    tables,
  )
  return Number(rows[0]?.total)
}
