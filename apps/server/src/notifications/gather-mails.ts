import { type RawBuilder, sql } from 'kysely'
import { retryOnConflict } from '../db/retry.ts'
import { NOTICE_KINDS } from '../records/notices.ts'
import type { Executor } from '../records/parts.ts'
import { USUAL_SETTINGS } from './kinds.ts'

/** What waited longer when mail was set up, or for whom mail was off, is news no more. */
const FRESH_FOR = sql`interval '2 days'`

/** How a notification's receiver wants to have it by mail, for `notifications` as `n`. */
function wish(): RawBuilder<unknown> {
  const usual = NOTICE_KINDS.map((kind) => sql`when ${sql.lit(kind)} then ${sql.lit(USUAL_SETTINGS[kind].mail)}`)
  return sql`coalesce(
    (select mail from notification_settings as s where s.person = n.receiver and s.kind = n.kind),
    case n.kind ${sql.join(usual, sql` `)} end)`
}

function isToMail(now: Date): RawBuilder<unknown> {
  return sql`not n.is_mailed and n.read_at is null and n.at > ${now}::timestamptz - ${FRESH_FOR}`
}

/** Whether anything is to be mailed at once, or waits to be sent. */
export async function hasMailToSend(database: Executor, now: Date): Promise<boolean> {
  const { rows } = await sql<{ readonly has: boolean }>`
    select exists (select from mails where state = 'waiting' and next_at <= ${now})
      or exists (select from notifications as n where ${isToMail(now)} and ${wish()} = 'immediate') as has`.execute(
    database,
  )
  return rows[0]?.has ?? false
}

/**
 * Makes a mail for each person who has something to be mailed to him so, and puts it in: each notification goes into one mail and no
 * other, whoever else gathers.
 */
export async function gatherMails(
  database: Executor,
  kind: 'immediate' | 'digest',
  { now, newId }: { readonly now: Date; newId(): string },
): Promise<void> {
  const { rows } = await sql<{ readonly receiver: number }>`
    select distinct n.receiver from notifications as n where ${isToMail(now)} and ${wish()} = ${kind}`.execute(database)
  for (const { receiver } of rows) {
    const id = newId()
    await retryOnConflict(() =>
      sql`
        with taken as (
          update notifications as n set mail = ${id}::uuid, is_mailed = true
          where n.receiver = ${receiver} and ${isToMail(now)} and ${wish()} = ${kind} returning n.id
        )
        insert into mails (id, receiver, kind, next_at, created_at)
        select ${id}::uuid, ${receiver}::int, ${kind}, ${now}, ${now} where exists (select from taken)`.execute(
        database,
      ),
    )
  }
}

/** Claims what is done once a day. @returns whether it is this caller's to do */
export async function claimDay(database: Executor, what: string, day: string): Promise<boolean> {
  return retryOnConflict(async () => {
    const { rows } = await sql`
      insert into notification_days (what, day) values (${what}, ${day}::date) on conflict do nothing returning what`.execute(
      database,
    )
    return rows.length > 0
  })
}

/** Drops what is too old to be looked at. */
export async function forgetOld(database: Executor, now: Date): Promise<void> {
  for (const statement of [
    sql`delete from notifications where at < ${now}::timestamptz - interval '90 days'`,
    sql`delete from mails where created_at < ${now}::timestamptz - interval '90 days'`,
    sql`delete from notification_days where day < ${now}::date - 90`,
  ]) {
    await retryOnConflict(() => statement.execute(database))
  }
}
