import type { Key, OwnerRef, PolicyModule } from '@bailiwick/access'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { recordTable } from '../modules/columns.ts'
import { invalidInput, notFound } from '../problem.ts'
import { actorId, type ColumnValue, columnFillings, columnSlot, columnValues } from './column-values.ts'
import { lineOfHistory } from './history.ts'
import { claimFillings, claimStep } from './keep-claim.ts'
import { type LookupTarget, lookupTargets, requireFound, targetFillings, targetSteps, targetsFound } from './lookups.ts'
import { assignedFillings, receiversOf, toldOfAssignment } from './notices.ts'
import type { RecordsParts } from './parts.ts'
import { presentRecord, type RecordItem, recordColumns, viewOf } from './present-record.ts'
import { instant } from './reach-to-sql.ts'
import { type RememberedQuestion, Slot } from './remembered-statements.ts'
import { reachedRows, requireModule } from './require-module.ts'
import type { Reading } from './stamped.ts'
import { HEAD, inForce, stampedWrite } from './stamped-write.ts'
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
  const plan = { current: undefined as Plan | undefined }
  const build = async (reading: Reading) => {
    const made = await planOf(parts, reading, moduleKey, body)
    plan.current = made
    return { module: made.module, statement: questionOf(reading, made), locks: () => [] }
  }
  return stampedWrite<CreatedRow, Created>(parts, actor, build, async (row, reading) => {
    if (!plan.current) throw new Error('The statement was not built.')
    return outcomeOf(parts, reading, plan.current, row)
  })
}

interface Plan {
  readonly module: PolicyModule
  readonly id: string
  readonly ownerId: number
  /** Who is told that it is his, where he didn't make it himself. */
  readonly assigned?: readonly number[]
  readonly columns: readonly ColumnValue[]
  readonly targets: readonly LookupTarget[]
}

async function planOf(
  parts: RecordsParts,
  reading: Reading,
  moduleKey: Key,
  { owner, ...fields }: Readonly<Record<string, unknown>>,
): Promise<Plan> {
  const module = requireModule(reading, moduleKey, 'create')
  const ownerId = requireNewOwner(reading, module, owner)
  const values = requireWritable(reading, module, fields, true, viewOf(reading, module).access)
  const columns = await columnValues(parts, reading, module.key, values)
  const receivers = receiversOf(reading, ownerId)
  const assigned = receivers.length > 0 ? receivers : undefined
  return { module, id: parts.newId(), ownerId, assigned, columns, targets: lookupTargets(values) }
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

/** Whom an owner named in a request is; nothing where it is neither an active user nor a team. */
export function ownerRef({ snapshot }: Reading, owner: unknown): OwnerRef | undefined {
  if (typeof owner !== 'string') return undefined
  if (owner.startsWith('team:')) return snapshot.policy.teams.has(owner.slice('team:'.length)) ? owner : undefined
  const user = owner.startsWith('user:') ? owner.slice('user:'.length) : owner
  return snapshot.policy.users.get(user)?.status === 'active' ? `user:${user}` : undefined
}

function questionOf(asked: Reading, plan: Plan): RememberedQuestion {
  const columns = plan.columns.map(({ column }) => column)
  const looked = plan.targets.map(({ field }) => field.key)
  return {
    name: `create${asked.actor.claim ? ' once' : ''}${plan.assigned ? ' for somebody' : ''} ${plan.module.key} ${columns.join()} ${looked.join()}`,
    build: (reading) => statementOf(reading, plan),
    values: new Map<Slot, unknown>([
      [ID, plan.id],
      [OWNER, plan.ownerId],
      ...columnFillings(plan.columns),
      ...targetFillings(plan.targets),
      ...claimFillings(asked, plan.id),
      ...assignedFillings(plan.assigned),
    ]),
  }
}

const [ID, OWNER] = [new Slot('id'), new Slot('owner')]

/** Makes the record, notes it in the history and reads what its author reads of it. */
function statementOf(reading: Reading, plan: Plan): RawBuilder<unknown> {
  const { module, targets } = plan
  const table = sql.table(recordTable(module.key))
  const [now, by] = [instant(reading.now), sql`${actorId(reading)}::int`]
  const names = [...STANDING, ...plan.columns.map(({ column }) => column)]
  const values = [sql`${ID}::uuid`, sql`${OWNER}::int`, now, by, now, by, ...plan.columns.map(columnSlot)]
  const found = targetsFound(targets)
  const steps = [
    HEAD,
    ...targetSteps(reading, targets),
    sql`made as (
      insert into ${table} (${sql.join(names.map((name) => sql.ref(name)))})
      select ${sql.join(values)} where ${sql.join([inForce(reading), ...found], sql` and `)} returning *)`,
    sql`noted as (${lineOfHistory(sql`select ${module.key}, made.id, made.version, ${now}, ${by}, 'create', '{}' from made`)})`,
    ...(plan.assigned ? [sql`assigned as (${toldOfAssignment(reading, module.key, 'made')})`] : []),
    ...claimStep(reading),
  ]
  return sql`
    with ${sql.join(steps)}
    select h.stamp, array[${sql.join(found)}]::boolean[] as found, exists (select from made) as written, r.*
    from h left join lateral (
      select ${recordColumns(reading, viewOf(reading, module), 't')} from made as t
      where ${reachedRows(reading, module.key, 'read', 't')}
    ) as r on true`
}

const STANDING = ['id', 'owner_id', 'created_at', 'created_by', 'updated_at', 'updated_by']

interface CreatedRow {
  readonly found: readonly boolean[]
  readonly written: boolean
  readonly id: string | null
  readonly level: number | null
  readonly [column: string]: unknown
}

async function outcomeOf(parts: RecordsParts, reading: Reading, plan: Plan, row: CreatedRow): Promise<Created> {
  const { module, id } = plan
  requireFound(plan.targets, row.found)
  if (!row.written) throw new Error('A record that was allowed was not made.')
  if (row.id === null) return { id }
  const item = { ...row, id, level: row.level ?? 0 }
  return { id, item: await presentRecord(parts, reading, viewOf(reading, module), item) }
}
