import type { Key, OwnerRef, PolicyModule } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { invalidInput, notFound } from '../problem.ts'
import { actorId, type ColumnValue, columnValues } from './column-values.ts'
import { readAgain } from './find-record.ts'
import { writeHistory } from './history.ts'
import { requireLookups } from './lookups.ts'
import type { RecordsParts } from './parts.ts'
import type { RecordItem } from './present-record.ts'
import { instant } from './reach-to-sql.ts'
import { requireModule } from './require-module.ts'
import { inTransaction, type Reading } from './stamped.ts'
import { withUniqueValues } from './unique-values.ts'
import { requireWritable } from './writable-values.ts'

/** What was made: its id, and the record itself where whoever made it reads it. */
export interface Created {
  readonly id: string
  readonly item?: RecordItem
}

/**
 * Creates a record. Its owner is whoever creates it, unless `owner` names another (which needs `transfer` too).
 * @throws Problem 404, 403, 409 (a unique value is taken) or 422 with everything wrong.
 */
export async function createRecord(
  parts: RecordsParts,
  actor: Actor,
  moduleKey: Key,
  body: Readonly<Record<string, unknown>>,
): Promise<Created> {
  return inTransaction(parts, actor, async (reading) => {
    const module = requireModule(reading, moduleKey, 'create')
    const { owner, ...fields } = body
    const ownerId = requireNewOwner(reading, module, owner)
    const values = requireWritable(reading, module, fields, true)
    await requireLookups(reading, values)
    const id = parts.newId()
    const columns = await columnValues(parts, reading, module.key, values)
    await withUniqueValues(module, () => insertRecord(reading, module, id, ownerId, columns))
    await writeHistory(reading, module.key, { id, version: 1 }, 'create', {})
    return { id, item: await readAgain(parts, reading, module, id) }
  })
}

/** The number of the new record's owner: himself, or whom he names where he may transfer. */
export function requireNewOwner(reading: Reading, module: PolicyModule, owner: unknown): number {
  const own: OwnerRef = `user:${reading.actor.user}`
  if (owner === undefined || owner === own || owner === reading.actor.user) {
    const id = reading.snapshot.owners.idOf(own)
    if (id === undefined) throw notFound()
    return id
  }
  requireModule(reading, module.key, 'transfer')
  return requireOwner(reading, owner)
}

/**
 * The number of an owner named in a request: an active user or a team of the organization.
 * @throws Problem 422 where it names neither.
 */
export function requireOwner(reading: Reading, owner: unknown): number {
  const ref = ownerRef(reading, owner)
  const id = ref === undefined ? undefined : reading.snapshot.owners.idOf(ref)
  if (id === undefined) {
    throw invalidInput([{ path: '/owner', message: 'must name an active user (user:anna) or a team (team:support)' }])
  }
  return id
}

function ownerRef({ snapshot }: Reading, owner: unknown): OwnerRef | undefined {
  if (typeof owner !== 'string') return undefined
  if (owner.startsWith('team:')) return snapshot.policy.teams.has(owner.slice('team:'.length)) ? owner : undefined
  const user = owner.startsWith('user:') ? owner.slice('user:'.length) : owner
  return snapshot.policy.users.get(user)?.status === 'active' ? `user:${user}` : undefined
}

async function insertRecord(
  reading: Reading,
  module: PolicyModule,
  id: string,
  ownerId: number,
  columns: readonly ColumnValue[],
): Promise<void> {
  const by = actorId(reading)
  const now = instant(reading.now)
  const names = columns.map(({ column }) => sql.ref(column))
  await sql`
    insert into ${sql.table(recordTable(module.key))}
      (${sql.join([...STANDING.map((name) => sql.ref(name)), ...names])})
    values (${sql.join([sql`${id}::uuid`, ownerId, now, by, now, by, ...columns.map(({ value }) => value)])})
  `.execute(reading.database)
}

const STANDING = ['id', 'owner_id', 'created_at', 'created_by', 'updated_at', 'updated_by']
