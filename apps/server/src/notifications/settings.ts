import type { Kysely } from 'kysely'
import type { Actor } from '../actor.ts'
import { retryOnConflict } from '../db/retry.ts'
import type { OrganizationTables } from '../db/tables.ts'
import { notFound } from '../problem.ts'
import { NOTICE_KINDS, type NoticeKind } from '../records/notices.ts'
import { type KindSetting, type Settings, USUAL_SETTINGS } from './kinds.ts'
import type { NotificationParts } from './notification-parts.ts'

/** How the person wants to be told. @throws Problem 404 for who is no user */
export async function readSettings(parts: NotificationParts, actor: Actor): Promise<Settings> {
  const person = await requirePerson(parts, actor)
  return settingsOf(parts.database.organization(actor.organization), person)
}

/** By the number that stands for a user. */
export async function settingsOf(database: Kysely<OrganizationTables>, person: number): Promise<Settings> {
  const rows = await database
    .selectFrom('notification_settings')
    .select(['kind', 'live', 'mail'])
    .where('person', '=', person)
    .execute()
  const own = new Map(rows.map(({ kind, live, mail }) => [kind, { live, mail }]))
  const all = NOTICE_KINDS.map((kind) => [kind, own.get(kind) ?? USUAL_SETTINGS[kind]])
  return { ...USUAL_SETTINGS, ...Object.fromEntries(all) }
}

/** Keeps what is given of the settings; kinds that aren't named stay as they are. */
export async function changeSettings(
  parts: NotificationParts,
  actor: Actor,
  given: Readonly<Partial<Record<NoticeKind, KindSetting>>>,
): Promise<Settings> {
  const person = await requirePerson(parts, actor)
  const database = parts.database.organization(actor.organization)
  const rows = NOTICE_KINDS.flatMap((kind) => {
    const setting = given[kind]
    return setting ? [{ person, kind, live: setting.live, mail: setting.mail }] : []
  })
  if (rows.length > 0) {
    await retryOnConflict(() =>
      database
        .insertInto('notification_settings')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['person', 'kind']).doUpdateSet((set) => ({
            live: set.ref('excluded.live'),
            mail: set.ref('excluded.mail'),
          })),
        )
        .execute(),
    )
  }
  return settingsOf(database, person)
}

/** The number that stands for the person. @throws Problem 404 for who is no user of the organization */
export async function requirePerson({ policies }: NotificationParts, { organization, user }: Actor): Promise<number> {
  const { owners } = await policies.current(organization)
  const person = owners.idOf(`user:${user}`)
  if (person === undefined) throw notFound()
  return person
}
