import { hasSystemPermission, type Key, type PolicyModule } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { noteEvent } from '../audit/note-event.ts'
import { recordTable } from '../modules/columns.ts'
import { invalidInput, notFound, notPermitted } from '../problem.ts'
import { requireId } from './find-record.ts'
import { requireReadable, writeHistory } from './history.ts'
import { keepClaim } from './keep-claim.ts'
import { tellOfBrokenGlass } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { requireModule } from './require-module.ts'
import { type Share, type ShareInput, sharesOf, writeShares } from './shares.ts'
import { inTransaction, type Reading } from './stamped.ts'

export interface GlassInput {
  readonly reason: string
  readonly minutes: number
}

const [SHORTEST, LONGEST] = [15, 24 * 60]
const MINUTE = 60_000

/**
 * Gives the person a full share on a record for a while, whether he reads it or not, and tells its owner and all who look through the audit
 * (access model, section 3; docs/decisions/0015-break-glass.md).
 * @throws Problem 404 where there is no such record, or he lacks `breakGlass` and doesn't read it; 403 where he reads it and lacks that; 422
 */
export async function breakGlass(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  givenId: string,
  input: GlassInput,
): Promise<Share> {
  requireGlassInput(input)
  return inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, moduleKey, 'read')
    if (!hasSystemPermission(reading.snapshot.policy, actor.user, 'breakGlass')) {
      await requireReadable(reading, moduleKey, givenId)
      throw notPermitted('Breaking the glass takes the system permission "breakGlass".')
    }
    const record = await lockAny(reading, module, givenId)
    const share = shareOf(reading, input)
    await writeShares(reading, module.key, [record.id], [share], { isBrokenGlass: true })
    await note(reading, module.key, record, input, share)
    await tellOfBrokenGlass(reading, module.key, record)
    await keepClaim(reading)
    return getOwn(await sharesOf(reading, record.id), share)
  })
}

function requireGlassInput({ reason, minutes }: GlassInput): void {
  const errors = [
    ...(reason.trim() === '' ? [{ path: '/reason', message: 'must say why' }] : []),
    ...(Number.isInteger(minutes) && minutes >= SHORTEST && minutes <= LONGEST
      ? []
      : [{ path: '/minutes', message: `must be a whole number from ${SHORTEST} to ${LONGEST}` }]),
  ]
  if (errors.length > 0) throw invalidInput(errors)
}

interface AnyRecord {
  readonly id: string
  readonly version: number
  readonly owner_id: number
}

/** Locks a record of the module, whoever reads it: for this alone. @throws Problem 404 where it isn't there, or is in the recycle bin */
async function lockAny(reading: Reading, module: PolicyModule, givenId: string): Promise<AnyRecord> {
  const { rows } = await sql<AnyRecord>`
    select t.id, t.version, t.owner_id from ${sql.table(recordTable(module.key))} as t
    where t.id = ${requireId(givenId)}::uuid and t.deleted_at is null for update of t
  `.execute(reading.database)
  if (!rows[0]) throw notFound()
  return rows[0]
}

function shareOf(
  { actor, now }: Reading,
  { reason, minutes }: GlassInput,
): ShareInput & { readonly expiresAt: string } {
  const expiresAt = new Date(now + minutes * MINUTE).toISOString()
  return { with: `user:${actor.user}`, level: 'full', expiresAt, reason: reason.trim() }
}

async function note(
  reading: Reading,
  module: Key,
  record: AnyRecord,
  { reason, minutes }: GlassInput,
  { expiresAt }: { readonly expiresAt: string },
): Promise<void> {
  await writeHistory(reading, module, record, 'breakGlass', {})
  const { actor, now, database } = reading
  const details = { reason: reason.trim(), minutes, until: expiresAt }
  await noteEvent(database, { action: 'breakGlass', at: now, user: actor.user, module, recordId: record.id, details })
}

function getOwn(shares: readonly Share[], { with: grantee }: ShareInput): Share {
  const own = shares.find((share) => share.with === grantee && share.breakGlass === true)
  if (!own) throw new Error('The share that was written is not there')
  return own
}
