import type { Key } from '@bailiwick/access'
import { viewOf } from '../records/present-record.ts'
import { type Linked, type Links, linkRows, lockLinked, type Step } from '../records/within-transaction.ts'

/** Activities of a lead beyond these stay with it alone. */
const MOST_LINKED = 1_000

/** How many activities of the lead now show with what it became, and how many that the person reads he couldn't link. */
export interface LinkedActivities {
  readonly linked: number
  readonly notLinked: number
}

/** Gives a lead's activities the new account, contact and deal where they have none, each where the person may change it. */
export async function linkActivities(step: Step, lead: string, links: Links): Promise<LinkedActivities> {
  const activities = await lockLinked(step, 'activities', { field: 'lead', id: lead }, 'update', MOST_LINKED)
  const keys = editable(step, Object.keys(links))
  const rows = activities.filter(({ may }) => may).map((one) => ({ id: one.item.id, links: missing(one, links, keys) }))
  const changed = keys.length === 0 ? [] : rows.filter((row) => Object.keys(row.links).length > 0)
  if (changed.length > 0) await linkRows(step, 'activities', changed)
  const untouched = keys.length === 0 ? activities : activities.filter(({ may }) => !may)
  return { linked: changed.length, notLinked: untouched.length }
}

function editable({ reading }: Step, keys: readonly Key[]): Key[] {
  const module = reading.snapshot.policy.modules.get('activities')
  const access = module && viewOf(reading, module).access
  return keys.filter((key) => access?.get(key) === 'edit')
}

function missing({ item }: Linked, links: Links, keys: readonly Key[]): Links {
  return Object.fromEntries(keys.flatMap((key) => (item[key] === null && links[key] ? [[key, links[key]]] : [])))
}
