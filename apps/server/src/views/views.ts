import { hasSystemPermission, principalsOf } from '@bailiwick/access'
import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { actorId } from '../records/column-values.ts'
import type { RecordsParts } from '../records/parts.ts'
import { viewOf } from '../records/present-record.ts'
import { refusalOnModule } from '../records/require-module.ts'
import { type Reading, stampedRows } from '../records/stamped.ts'
import { definitionFor, type ViewDefinition } from './check-definition.ts'

export type Layout = 'list' | 'board' | 'calendar' | 'queue'

/** A saved view, as it is for whoever asks. */
export interface SavedView {
  readonly id: string
  readonly module: string
  readonly name: string
  readonly layout: Layout
  readonly definition: ViewDefinition
  readonly sharedWith: string | null
  readonly mine: boolean
  readonly owner: string
  readonly mayChange: boolean
}

export interface ViewRow {
  readonly id: string
  readonly module: string
  readonly name: string
  readonly layout: Layout
  readonly definition: ViewDefinition
  readonly shared_with: string | null
  readonly owner: number
}

export const VIEW_COLUMNS = sql`v.id::text as id, v.module, v.name, v.layout, v.definition, v.shared_with, v.owner`

/** One's own views and those that are shared with one, by name: of one module, or of all that one reads. */
export async function listViews(parts: RecordsParts, actor: Actor, module?: string): Promise<SavedView[]> {
  const { rows, reading } = await stampedRows<ViewRow>(parts, actor, (now) => {
    const ofModule = module === undefined ? sql`true` : sql`v.module = ${module}`
    return sql`select ${VIEW_COLUMNS} from views as v where ${ofModule} and ${isShownTo(now)} order by v.name, v.id`
  })
  return rows.flatMap((row) => (row.id === null ? [] : (presentView(reading, row) ?? [])))
}

/** Whether the view `v` is the person's own or reaches him. */
export function isShownTo(reading: Reading) {
  const user = reading.snapshot.policy.users.get(reading.actor.user)
  const principals = user ? [...principalsOf(reading.snapshot.policy, user)] : []
  return sql<boolean>`(v.owner = ${actorId(reading)}::int or v.shared_with = any(${principals}::text[]))`
}

/**
 * The view as it exists for the person.
 * @returns nothing where he doesn't read its module, or it turns on a field that doesn't exist or is masked for him
 */
export function presentView(reading: Reading, row: ViewRow): SavedView | undefined {
  const module = reading.snapshot.policy.modules.get(row.module)
  if (!module || refusalOnModule(reading, row.module, 'read')) return undefined
  const definition = definitionFor(viewOf(reading, module), row.definition)
  const owner = reading.snapshot.owners.refOf(row.owner)
  if (!definition || owner === undefined) return undefined
  const { id, name, layout, shared_with: sharedWith } = row
  const mine = row.owner === actorId(reading)
  const mayChange = mine || managesAccess(reading)
  return { id, module: row.module, name, layout, definition, sharedWith, mine, owner, mayChange }
}

export function managesAccess({ snapshot, actor }: Reading): boolean {
  return hasSystemPermission(snapshot.policy, actor.user, 'manageAccess')
}
