import { sql } from 'kysely'
import type { Actor } from '../actor.ts'
import { storedJson, storedText } from '../jobs/stored-json.ts'
import { invalidInput, notFound, notPermitted, problem } from '../problem.ts'
import { actorId } from '../records/column-values.ts'
import { requireId } from '../records/find-record.ts'
import type { RecordsParts } from '../records/parts.ts'
import { viewOf } from '../records/present-record.ts'
import { instant } from '../records/reach-to-sql.ts'
import { requireModule } from '../records/require-module.ts'
import { isPrincipalOf } from '../records/shares.ts'
import { inTransaction, type Reading } from '../records/stamped.ts'
import { checkDefinition, type ViewDefinition } from './check-definition.ts'
import {
  isShownTo,
  type Layout,
  managesAccess,
  presentView,
  type SavedView,
  VIEW_COLUMNS,
  type ViewRow,
} from './views.ts'

export interface NewView {
  readonly module: string
  readonly name: string
  readonly layout: Layout
  readonly definition?: ViewDefinition
  readonly sharedWith?: string | null
}

export type ViewChange = Partial<Omit<NewView, 'module'>>

const MOST_VIEWS = 200
const LONGEST_DEFINITION = 20_000

/** Saves a view. @throws Problem 404 for a module that the person doesn't read, 422 with everything wrong, 409 where he has very many. */
export async function createView(parts: RecordsParts, actor: Actor, input: NewView): Promise<SavedView> {
  return inTransaction(parts, actor, async (reading) => {
    requireSound(reading, input.module, input)
    const owner = requireOwnId(reading)
    await requireFew(reading, owner)
    const { rows } = await sql<ViewRow>`
      insert into views as v (id, module, name, layout, definition, shared_with, owner, created_at, updated_at)
      values (${parts.newId()}::uuid, ${input.module}, ${storedText(input.name)}, ${input.layout}, ${storedJson(input.definition ?? {})}::json,
        ${input.sharedWith ?? null}::text, ${owner}, ${instant(reading.now)}, ${instant(reading.now)})
      returning ${VIEW_COLUMNS}`.execute(reading.database)
    return presented(reading, rows)
  })
}

/** Changes what is sent. @throws Problem 404 where it isn't there for the person, 403 where it isn't his to change, 422. */
export async function changeView(
  parts: RecordsParts,
  actor: Actor,
  id: string,
  change: ViewChange,
): Promise<SavedView> {
  return inTransaction(parts, actor, async (reading) => {
    const row = await lockView(reading, id)
    const view = presentView(reading, row)
    if (!view) throw notFound()
    if (!view.mayChange) throw notPermitted(OWNERS_ALONE)
    requireSound(reading, view.module, change)
    const { name = row.name, layout = row.layout, definition = row.definition, sharedWith = row.shared_with } = change
    const { rows } = await sql<ViewRow>`
      update views as v set name = ${storedText(name)}, layout = ${layout}, definition = ${storedJson(definition)}::json,
        shared_with = ${sharedWith}::text, updated_at = ${instant(reading.now)}
      where v.id = ${row.id}::uuid returning ${VIEW_COLUMNS}`.execute(reading.database)
    return presented(reading, rows)
  })
}

/** Takes a view away; its owner may also where it isn't there for him any more. @throws Problem 404, 403. */
export async function deleteView(parts: RecordsParts, actor: Actor, id: string): Promise<void> {
  await inTransaction(parts, actor, async (reading) => {
    const row = await lockView(reading, id)
    if (row.owner !== actorId(reading)) {
      const view = presentView(reading, row)
      if (!view) throw notFound()
      if (!view.mayChange) throw notPermitted(OWNERS_ALONE)
    }
    await sql`delete from views where id = ${row.id}::uuid`.execute(reading.database)
  })
}

const OWNERS_ALONE = 'A view is changed by its owner, and by who holds the system permission "manageAccess".'

/** The row, where the view is the person's, reaches him, or is shared at all and he manages access. */
async function lockView(reading: Reading, id: string): Promise<ViewRow> {
  const isManaged = managesAccess(reading) ? sql`v.shared_with is not null` : sql`false`
  const { rows } = await sql<ViewRow>`
    select ${VIEW_COLUMNS} from views as v where v.id = ${requireId(id)}::uuid and (${isShownTo(reading)} or ${isManaged})
    for update of v`.execute(reading.database)
  const [row] = rows
  if (!row) throw notFound()
  return row
}

function presented(reading: Reading, [row]: readonly ViewRow[]): SavedView {
  const view = row && presentView(reading, row)
  if (!view) throw notFound()
  return view
}

function requireSound(reading: Reading, module: string, { definition, sharedWith }: ViewChange): void {
  const view = viewOf(reading, requireModule(reading, module, 'read'))
  const errors = definition ? checkDefinition(view, definition) : []
  if (definition && JSON.stringify(definition).length > LONGEST_DEFINITION) {
    errors.push({ path: '/definition', message: `must be at most ${LONGEST_DEFINITION} characters long as JSON` })
  }
  if (sharedWith && (sharedWith.startsWith('user:') || !isPrincipalOf(reading.snapshot, sharedWith))) {
    errors.push({ path: '/sharedWith', message: 'must name a team, role or group of the organization, or everyone' })
  }
  if (errors.length > 0) throw invalidInput(errors)
}

function requireOwnId(reading: Reading): number {
  const id = actorId(reading)
  if (id === null) throw notPermitted('Views belong to users of the organization.')
  return id
}

async function requireFew(reading: Reading, owner: number): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from views where owner = ${owner}`.execute(
    reading.database,
  )
  if ((rows[0]?.n ?? 0) < MOST_VIEWS) return
  throw problem(409, 'conflict', `You have ${MOST_VIEWS} views already; delete one first.`)
}
