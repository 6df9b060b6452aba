import type { PreferencesChangeSchema } from '@bailiwick/contract'
import { type Kysely, sql } from 'kysely'
import type { Static } from 'typebox'
import type { Actor } from '../actor.ts'
import type { OrganizationTables } from '../db/tables.ts'
import { storedJson } from '../jobs/stored-json.ts'
import { invalidInput, notPermitted } from '../problem.ts'
import type { RecordRef } from '../records/record-titles.ts'

type Executor = Kysely<OrganizationTables>
export type SettingsChange = Static<typeof PreferencesChangeSchema>
export type Settings = Required<SettingsChange>

const UNSTATED: Settings = {
  language: null,
  theme: 'auto',
  density: 'comfortable',
  favourites: [],
  seenTours: [],
}

const LONGEST = 200_000
const MOST_RECENT = 20

/** What a user chose for himself, and the default of the rest. It is as he sent it: what of it he may see is asked by whoever shows it. */
export async function readSettings(database: Executor, user: string): Promise<Settings> {
  const { rows } = await sql<{ settings: SettingsChange }>`
    select settings from preferences where owner = ${ownerOf(user)}`.execute(database)
  return { ...UNSTATED, ...rows[0]?.settings }
}

/** Changes what is sent. @throws Problem 422 where it comes to too much. */
export async function changeSettings(database: Executor, actor: Actor, change: SettingsChange): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const { numAffectedRows } = await sql`
      insert into preferences (owner, settings) select id, '{}' from owners where kind = 'user' and key = ${actor.user}
      on conflict (owner) do update set settings = preferences.settings`.execute(transaction)
    if (!numAffectedRows) throw notPermitted('Preferences belong to users of the organization.')
    const before = await readSettings(transaction, actor.user)
    const text = storedJson({ ...before, ...change })
    if (text.length > LONGEST) throw invalidInput([{ path: '', message: 'comes to more than can be kept' }])
    await sql`update preferences set settings = ${text}::json where owner = ${ownerOf(actor.user)}`.execute(transaction)
  })
}

/** The records that a user had open last, the last one first; read by him then, and not necessarily now. */
export async function readRecent(database: Executor, user: string): Promise<RecordRef[]> {
  const { rows } = await sql<RecordRef>`
    select module, record_id::text as id from recent_records where owner = ${ownerOf(user)}
    order by at desc, record_id limit ${MOST_RECENT}`.execute(database)
  return rows
}

/** Puts a record first among the recent ones; beyond twenty they are forgotten. */
export async function noteRecent(database: Executor, actor: Actor, { module, id }: RecordRef): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    await sql`
      insert into recent_records (owner, module, record_id, at)
      select id, ${module}, ${id}::uuid, clock_timestamp() from owners where kind = 'user' and key = ${actor.user}
      on conflict (owner, module, record_id) do update set at = excluded.at`.execute(transaction)
    await sql`
      delete from recent_records where owner = ${ownerOf(actor.user)} and (module, record_id) not in (
        select module, record_id from recent_records where owner = ${ownerOf(actor.user)}
        order by at desc, record_id limit ${MOST_RECENT}
      )`.execute(transaction)
  })
}

function ownerOf(user: string) {
  return sql`(select id from owners where kind = 'user' and key = ${user})`
}
