import {
  type Action,
  binReach,
  compilePolicy,
  type FieldDefinition,
  type Key,
  type Level,
  levelReach,
  type ModuleCatalogue,
  type ModuleDefinition,
  reachCondition,
} from '@bailiwick/access'
import { CUSTOM_TYPES, type GeneratedWorld, generationCatalogue } from '@bailiwick/testkit'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../actor.ts'
import type { Database } from '../db/database.ts'
import { recordTable } from '../modules/columns.ts'
import { createEncryptedValues } from '../modules/encrypted-values.ts'
import type { TableModules } from '../modules/table-field.ts'
import { createLivePolicies, type OrganizationPlace, type Snapshot } from '../policy/live-policy.ts'
import { createGateway, type Gateway } from '../records/gateway.ts'
import { levelSql } from '../records/level-sql.ts'
import { reachToSql } from '../records/reach-to-sql.ts'
import { reachedRows } from '../records/require-module.ts'
import type { Reading } from '../records/stamped.ts'
import { SharedOrganization } from './shared-organization.ts'

/** What SQL says of one record and one user. */
export interface Selected {
  readonly actions: ReadonlySet<Action>
  readonly level: Level
  /** Whether he sees it in the recycle bin. */
  readonly isInBin: boolean
}

/** One generated world after the other, in the tables of one organization. */
export interface StoredWorlds {
  readonly gateway: Gateway
  /** Takes the world before out, and puts this one in. */
  settle(world: GeneratedWorld): Promise<void>
  actor(user: Key): Actor
  /** The policy and its owners as they stand in the tables now. */
  snapshot(): Promise<Snapshot>
  /** What SQL selects among all rows of a module: by record id, for each of the users in their order. */
  select(module: Key, users: readonly Key[]): Promise<ReadonlyMap<string, readonly Selected[]>>
}

/** The actions whose records are a matter of rows. */
export const RECORD_ACTIONS: readonly Action[] = [
  'read',
  'update',
  'delete',
  'comment',
  'share',
  'transfer',
  'confide',
  'overwrite',
  'export',
  'mass',
]

export async function storedWorlds(database: Database, place: OrganizationPlace): Promise<StoredWorlds> {
  const secrets = createEncryptedValues([new Uint8Array(32)])
  const organization = new SharedOrganization(database, place, secrets)
  await organization.keepTables(tablesOfAllWorlds())
  const here: { world?: GeneratedWorld } = {}
  const findLicensed = async () => here.world?.licensed
  const policies = createLivePolicies(database, { catalogue: generationCatalogue, findLicensed })
  const actor = (user: Key): Actor => {
    if (!here.world) throw new Error('No world is settled yet.')
    const { now, ip } = here.world
    return { organization: place, user, asking: { now, ip }, via: 'session' }
  }
  return {
    gateway: createGateway({ database, policies, secrets, newId: () => crypto.randomUUID() }),
    actor,
    snapshot: () => policies.confirm(place),
    settle: async (world) => {
      here.world = world
      const { document, catalogue, records, now } = world
      await organization.furnish({ document, catalogue, records, now })
    },
    select: async (module, users) => {
      const snapshot = await policies.confirm(place)
      const reader = database.organization(place)
      const readings = users.map((user) => {
        const asks = actor(user)
        return { actor: asks, snapshot, now: asks.asking.now, database: reader }
      })
      return selectAll(readings, module)
    },
  }
}

/** Every module and field that a generated world may have: what is in the name of a field tells its type. */
export function tablesOfAllWorlds(catalogue: ModuleCatalogue = generationCatalogue): TableModules {
  const own = (above: Key): ModuleDefinition => {
    const typed = CUSTOM_TYPES.flatMap((type) =>
      [0, 1, 2].map((at): [Key, FieldDefinition] => [`${type}${at}`, { type }]),
    )
    const title: FieldDefinition = { type: 'text', title: true }
    return { fields: { name: title, up: { type: 'lookup', module: above }, ...Object.fromEntries(typed) } }
  }
  const modules = { sites: own('accounts'), visits: own('sites'), parts: own('visits') }
  return compilePolicy({ bailiwick: 1, modules }, catalogue).modules
}

interface SelectedRow {
  readonly id: string
  readonly levels: readonly number[]
  readonly bin: readonly boolean[]
  readonly may: readonly boolean[]
}

/** What SQL selects among all rows of a module, by record id, for each of the readings. */
export async function selectAll(
  readings: readonly Reading[],
  module: Key,
): Promise<ReadonlyMap<string, readonly Selected[]>> {
  const [any] = readings
  if (!any) return new Map()
  const { rows } = await sql<SelectedRow>`
    select t.id, array[${sql.join(readings.map((reading) => levelOrNone(reading, module)))}]::int[] as levels,
      array[${sql.join(readings.map((reading) => inBin(reading, module)))}]::boolean[] as bin,
      array[${sql.join(readings.flatMap((reading) => allActions(reading, module)))}]::boolean[] as may
    from ${sql.table(recordTable(module))} as t
  `.execute(any.database)
  return new Map(rows.map((row) => [row.id, readings.map((_reading, at) => selectedAt(row, at))]))
}

function selectedAt({ levels, bin, may }: SelectedRow, at: number): Selected {
  const from = at * RECORD_ACTIONS.length
  return {
    level: LEVELS[levels[at] ?? 0] ?? 'none',
    isInBin: bin[at] ?? false,
    actions: new Set(RECORD_ACTIONS.filter((_action, index) => may[from + index])),
  }
}

const LEVELS: readonly Level[] = ['none', 'read', 'edit', 'full']

function allActions(reading: Reading, module: Key): RawBuilder<boolean>[] {
  return RECORD_ACTIONS.map((action) => sql`(t.deleted_at is null and ${reachedRows(reading, module, action, 't')})`)
}

function inBin(reading: Reading, module: Key): RawBuilder<boolean> {
  const { actor, snapshot } = reading
  const reached = reachCondition(binReach(snapshot.policy, actor.user, module, actor.asking))
  return sql`(t.deleted_at is not null and ${reachToSql(reading, module, 't', reached)})`
}

function levelOrNone(reading: Reading, module: Key): RawBuilder<number> {
  const reads = reachCondition(levelReach(reading.snapshot.policy, reading.actor.user, module, 'read'))
  const isRead = sql`t.deleted_at is null and ${reachToSql(reading, module, 't', reads)}`
  return sql`(case when ${isRead} then ${levelSql(reading, module, 't')} else 0 end)`
}
