import type { Key, Level, Principal } from '@bailiwick/access'
import { LEVELS, parseInstant, parsePrincipal } from '@bailiwick/access'
import type { InputError } from '@bailiwick/contract'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { invalidInput, notFound } from '../problem.ts'
import { actorId } from './column-values.ts'
import { lockRecord } from './find-record.ts'
import { writeHistory } from './history.ts'
import { keepClaim } from './keep-claim.ts'
import { tellOfShares } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { instant, levelNumber } from './reach-to-sql.ts'
import { inTransaction, type Reading } from './stamped.ts'

export interface ShareInput {
  readonly with: Principal
  readonly level: Exclude<Level, 'none'>
  readonly expiresAt?: string
  readonly reason?: string
}

export interface Share extends ShareInput {
  /** Stated where it came of breaking the glass. */
  readonly breakGlass?: true
  readonly by: string | null
  readonly at: string
}

interface ShareRow {
  readonly grantee: string
  readonly level: number
  readonly expires_at: string | null
  readonly reason: string | null
  readonly created_by: number | null
  readonly created_at: string
  readonly broken_glass: boolean
}

/** The shares of a record, for who may share it; expired ones are left out. @throws Problem 404, 403. */
export async function listShares(parts: RecordsParts, actor: Actor, moduleKey: Key, id: string): Promise<Share[]> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'share', undefined)
    return sharesOf(reading, locked.id)
  })
}

/** Those that have not ended. The person must be one who may share the record. */
export async function sharesOf(reading: Reading, id: string): Promise<Share[]> {
  const { rows } = await sql<ShareRow>`
    select grantee, level, expires_at, reason, created_by, created_at, broken_glass from shares
    where record_id = ${id}::uuid and (expires_at is null or expires_at > ${instant(reading.now)}) order by created_at, grantee, broken_glass
  `.execute(reading.database)
  return rows.map((row) => presentShare(row, reading.snapshot))
}

function presentShare(row: ShareRow, snapshot: Snapshot): Share {
  return {
    with: row.grantee,
    level: LEVELS[row.level] as ShareInput['level'],
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    by: row.created_by === null ? null : (snapshot.owners.refOf(row.created_by) ?? null),
    at: row.created_at,
    ...(row.broken_glass ? { breakGlass: true as const } : {}),
  }
}

/**
 * Shares a record; a share with the same principal is replaced. Sharing needs `full`, so nobody gives more than he has.
 * @throws Problem 404, 403, or 422 where the principal isn't of the organization or the end is past.
 */
export async function shareRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  share: ShareInput,
): Promise<Share[]> {
  return inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'share', undefined)
    requireShares(reading, [{ path: '', share }])
    await writeShares(reading, locked.module.key, [locked.id], [share])
    await writeHistory(reading, locked.module.key, locked, 'share', {})
    await keepClaim(reading)
    return sharesOf(reading, locked.id)
  })
}

/**
 * Shares a record as the program itself, in the name of `actor`: for made-up companies, never for what a person sends.
 * @throws Problem 422 where the principal isn't of the organization or the end is past
 */
export async function shareAsOperator(
  parts: RecordsParts,
  actor: Actor,
  module: Key,
  id: string,
  share: ShareInput,
): Promise<void> {
  await inTransaction(parts, actor, async (reading) => {
    requireShares(reading, [{ path: '', share }])
    await writeShares(reading, module, [id], [share])
  })
}

/** Takes a share away. @throws Problem 404 (the record, or no such share), 403. */
export async function unshareRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  id: string,
  principal: Principal,
): Promise<void> {
  await inTransaction(parts, actor, async (reading) => {
    const locked = await lockRecord(reading, moduleKey, id, 'share', undefined)
    const { numAffectedRows } = await sql`
      delete from shares where record_id = ${locked.id}::uuid and grantee = ${principal}
    `.execute(reading.database)
    if (!numAffectedRows) throw notFound()
    await countShares(reading, locked.module.key, [locked.id])
    await writeHistory(reading, locked.module.key, locked, 'unshare', {})
  })
}

/** Checks shares before any is written; each stands at its path in the request. @throws Problem 422 with everything wrong. */
export function requireShares(
  reading: Reading,
  shares: readonly { readonly path: string; readonly share: ShareInput }[],
): void {
  const errors = shares.flatMap(({ path, share }): InputError[] => [
    ...(isPrincipalOf(reading.snapshot, share.with)
      ? []
      : [{ path: `${path}/with`, message: 'must name a user, role, team or group of the organization, or everyone' }]),
    ...(endsInFuture(share, reading.now)
      ? []
      : [{ path: `${path}/expiresAt`, message: 'must be an instant yet to come' }]),
  ])
  if (errors.length > 0) throw invalidInput(errors)
}

function endsInFuture({ expiresAt }: ShareInput, now: number): boolean {
  return expiresAt === undefined || (parseInstant(expiresAt) ?? 0) > now
}

/** Whether the text names somebody or some people that the organization has. */
export function isPrincipalOf({ policy }: Snapshot, text: string): boolean {
  const principal = parsePrincipal(text)
  switch (principal?.kind) {
    case 'everyone':
      return true
    case 'user':
      return policy.users.has(principal.key)
    case 'role':
    case 'role+':
      return policy.roles.has(principal.key)
    case 'team':
      return policy.teams.has(principal.key)
    case 'group':
      return policy.groups.has(principal.key)
    default:
      return false
  }
}

/**
 * Writes the same shares on many records that are locked, and brings their counts up to date.
 * @param isBrokenGlass they come of breaking the glass: they stand beside others with the same grantee, who isn't told
 */
export async function writeShares(
  reading: Reading,
  module: Key,
  ids: readonly string[],
  shares: readonly ShareInput[],
  { isBrokenGlass = false } = {},
): Promise<void> {
  for (const share of shares) {
    const ends = share.expiresAt === undefined ? null : new Date(parseInstant(share.expiresAt) ?? 0).toISOString()
    await sql`
      insert into shares (record_id, module, grantee, level, expires_at, reason, created_by, created_at, broken_glass)
      select id, ${module}, ${share.with}, ${levelNumber(share.level)}::smallint, ${ends}::timestamptz, ${share.reason ?? null}::text,
        ${actorId(reading)}::int, ${instant(reading.now)}, ${isBrokenGlass}
      from unnest(${ids}::uuid[]) id
      on conflict (record_id, grantee, broken_glass) do update set level = excluded.level, expires_at = excluded.expires_at,
        reason = excluded.reason, created_by = excluded.created_by, created_at = excluded.created_at
    `.execute(reading.database)
    await tellOfShares(reading, module, ids, share.with)
  }
  await countShares(reading, module, ids)
}

/** The record's own count of its shares: it spares look-ups, and touching the row makes writers that relied on a share start over. */
async function countShares(reading: Reading, module: Key, ids: readonly string[]): Promise<void> {
  await sql`
    update ${sql.table(recordTable(module))} as t
    set shares_count = (select count(*) from shares where shares.record_id = t.id)
    where t.id = any(${ids}::uuid[])
  `.execute(reading.database)
}
