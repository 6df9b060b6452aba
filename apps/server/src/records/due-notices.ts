import { sql } from 'kysely'
import { fieldColumn, recordTable } from '../modules/columns.ts'
import type { Executor } from './parts.ts'
import { codeOf } from './stamped.ts'

const ACTIVITIES = 'activities'
/** Nothing is due of what is over. */
const OVER = ['Completed', 'Cancelled']
/** What was due longer ago was told then, or is too old to be news. */
const DAYS_BACK = 30
const MISSING = new Set(['42P01', '42703'])

/**
 * Tells everybody of his activities that are due on a day or were before, once for each day that such an activity was to be done.
 * Nobody's reach is looked at here, nor whether he has the date; that is asked when a notification is read.
 * @param day `YYYY-MM-DD`, of the organization's calendar
 */
export async function tellOfDue(database: Executor, day: string, now: Date): Promise<void> {
  const due = sql.ref(`t.${fieldColumn('dueDate')}`)
  try {
    await sql`
      insert into notifications (receiver, kind, module, record_id, at, day)
      select t.owner_id, 'due', ${ACTIVITIES}, t.id, ${now}, ${due}
      from ${sql.table(recordTable(ACTIVITIES))} as t join owners on owners.id = t.owner_id and owners.kind = 'user'
      where t.deleted_at is null and ${due} <= ${day}::date and ${due} > ${day}::date - ${DAYS_BACK}::int
        and (${sql.ref(`t.${fieldColumn('status')}`)} <> all(${OVER}::text[])) is not false
      on conflict (record_id, receiver, day) where kind = 'due' do nothing`.execute(database)
  } catch (error) {
    // An organization whose activities are of another kind has none that are due.
    if (!MISSING.has(String(codeOf(error)))) throw error
  }
}
