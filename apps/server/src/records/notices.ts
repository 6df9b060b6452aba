import { hasSystemPermission, type Key } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import { recordTable } from '../modules/columns.ts'
import { actorId } from './column-values.ts'
import type { LockedRecord } from './find-record.ts'
import { instant } from './reach-to-sql.ts'
import { Slot } from './remembered-statements.ts'
import type { Reading } from './stamped.ts'

/**
 * Who is told of what is done to a record, written by whatever does it: in its statement where that is one, in its transaction elsewhere
 * (docs/decisions/0012-notifications.md). Nobody's reach is looked at here; that is asked when a notification is read.
 */

/** The channel on which processes hear what happened: what writers leave in the outbox comes through it (`live/relay.ts`). */
export const LIVE_CHANNEL = 'bailiwick_live'

/** Nothing is left for others where nobody listens. */
const DOES_ANYBODY_LISTEN = sql`(select until from live) > clock_timestamp()`
/** A notification of PostgreSQL's holds 8,000 bytes: so many records, of modules with the longest names, fit into one. */
const RECORDS_PER_MESSAGE = sql.lit(60)

/**
 * Leaves word for whoever listens, to be handed on once it is committed. The connection's search_path is the organization's.
 * @param what and of which things, as `LiveMessage` has it
 */
export function tellLive(what: 'records' | 'receivers', value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`control.tell_live(json_build_object('schema', current_schema(), ${sql.lit(what)}, ${value})::text)`
}

/** Tells whoever listens of one line of history, where it is written down. */
export const TELL_LISTENERS: RawBuilder<unknown> = sql`case when ${DOES_ANYBODY_LISTEN}
    then ${tellLive('records', sql`json_build_array(json_build_array(module, record_id, version))`)} end`

/** The same of many lines, as a select over `noted` (what `linesOfHistory` returned) that has to be run. */
export const TOLD_TO_LISTENERS: RawBuilder<unknown> = sql`
  select ${tellLive('records', sql`json_agg(json_build_array(module, record_id, version))`)}
  from (select module, record_id, version, (row_number() over () - 1) / ${RECORDS_PER_MESSAGE} as part from noted) as one
  where ${DOES_ANYBODY_LISTEN} group by part`

/** What somebody is told of. */
export const NOTICE_KINDS = [
  'changed',
  'mentioned',
  'assigned',
  'shared',
  'commented',
  'due',
  'breakGlass',
  'approval',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/**
 * Tells a record's owner what somebody else changed, where a line of history is written down. A function of the organization's schema does
 * it: an insert of its own would cost every change of one's own records something, too. @param owner who had the record before
 */
export function tellOfChange(owner: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${owner} is distinct from actor and changes <> '{}'
    then tell_of_change(${owner}, module, record_id, actor, at, changes) end`
}

/** The same of many records, over `was` (the records before) and `noted` (what `linesOfHistory` returned). */
export function toldOfChanges(reading: Reading, module: Key, isNoted: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    insert into notifications (receiver, kind, module, record_id, actor, at, fields)
    select was.owner_id, 'changed', ${module}, was.id, ${actorId(reading)}::int, ${instant(reading.now)},
      array(select jsonb_object_keys(noted.changes))
    from noted join was on ${isNoted}
    where was.owner_id is distinct from ${actorId(reading)}::int and noted.changes <> '{}'
      and exists (select from owners where id = was.owner_id and kind = 'user')`
}

const ASSIGNED = new Slot('assigned')

/** What the slot of `toldOfAssignment` is filled with. */
export function assignedFillings(receivers: readonly number[] | undefined): [Slot, unknown][] {
  return receivers ? [[ASSIGNED, `{${receivers.join()}}`]] : []
}

/** Tells whoever is in the slot that a record is his now. @param from where the record stands */
export function toldOfAssignment(
  reading: Reading,
  module: Key,
  from: 'made' | 'changed',
  when: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`
    insert into notifications (receiver, kind, module, record_id, actor, at)
    select receiver, 'assigned', ${module}, ${sql.ref(`${from}.id`)}, ${actorId(reading)}::int, ${instant(reading.now)}
    from ${sql.ref(from)}, unnest(${ASSIGNED}::int[]) as receiver where ${when}`
}

/** Whom it is told that a record has a new owner: the user himself, or the team's leaders; never whoever did it. */
export function receiversOf(reading: Reading, ownerId: number): number[] {
  const ref = reading.snapshot.owners.refOf(ownerId)
  const receivers = ref?.startsWith('team:') ? leadersOf(reading, ref.slice('team:'.length)) : [ownerId]
  return receivers.filter((id) => id !== actorId(reading))
}

function leadersOf({ snapshot }: Reading, team: Key): number[] {
  const leaders = snapshot.policy.teams.get(team)?.leaders ?? []
  return [...leaders].flatMap((user) => snapshot.owners.idOf(`user:${user}`) ?? [])
}

/** Tells those who are mentioned in a comment, and besides them the owner and whoever commented before. */
export async function tellOfComment(
  reading: Reading,
  { module, id }: LockedRecord,
  mentions: readonly string[],
): Promise<void> {
  const mentioned = mentions.flatMap((ref) => reading.snapshot.owners.idOf(ref) ?? [])
  const by = actorId(reading)
  await sql`
    insert into notifications (receiver, kind, module, record_id, actor, at)
    select receiver, kind, ${module.key}, ${id}::uuid, ${by}::int, ${instant(reading.now)} from (
      select unnest(${mentioned}::int[]) as receiver, 'mentioned' as kind
      union all
      select receiver, 'commented' from (
        select t.owner_id from ${sql.table(recordTable(module.key))} as t join owners on owners.id = t.owner_id
        where t.id = ${id}::uuid and owners.kind = 'user'
        union
        select author from comments where record_id = ${id}::uuid and module = ${module.key} and author is not null
      ) as each (receiver) where receiver <> all(${mentioned}::int[])
    ) as one where receiver is distinct from ${by}::int
  `.execute(reading.database)
}

/** Tells a user that records are shared with him by name. What reaches him by a role, team or group isn't told. */
export async function tellOfShares(
  reading: Reading,
  module: Key,
  ids: readonly string[],
  principal: string,
): Promise<void> {
  const receiver = principal.startsWith('user:') ? reading.snapshot.owners.idOf(principal) : undefined
  if (receiver === undefined || receiver === actorId(reading)) return
  await sql`
    insert into notifications (receiver, kind, module, record_id, actor, at)
    select ${receiver}::int, 'shared', ${module}, id, ${actorId(reading)}::int, ${instant(reading.now)}
    from unnest(${ids}::uuid[]) as id
  `.execute(reading.database)
}

/** Tells a record's owner, and every active holder of `viewAudit`, that somebody broke the glass on it. */
export async function tellOfBrokenGlass(
  reading: Reading,
  module: Key,
  { id, owner_id }: { readonly id: string; readonly owner_id: number },
): Promise<void> {
  const { policy, owners } = reading.snapshot
  const auditors = [...policy.users.values()].filter(
    ({ key, status }) => status === 'active' && hasSystemPermission(policy, key, 'viewAudit'),
  )
  const receivers = [
    ...receiversOf(reading, owner_id),
    ...auditors.flatMap(({ key }) => owners.idOf(`user:${key}`) ?? []),
  ]
  const by = actorId(reading)
  await sql`
    insert into notifications (receiver, kind, module, record_id, actor, at)
    select distinct receiver, 'breakGlass', ${module}, ${id}::uuid, ${by}::int, ${instant(reading.now)}
    from unnest(${receivers}::int[]) as receiver where receiver is distinct from ${by}::int
  `.execute(reading.database)
}
