import type { Key, PolicyModule } from '@bailiwick/access'
import type { Actor } from '../actor.ts'
import type { Snapshot } from '../policy/live-policy.ts'
import { Problem } from '../problem.ts'
import { MOST_ITEMS, visibleField } from './list-query.ts'
import { listRecords } from './list-records.ts'
import type { RecordsParts } from './parts.ts'
import { type PresentedValue, type RecordItem, viewOf } from './present-record.ts'

export interface RecordRef {
  readonly module: Key
  readonly id: string
}

export interface TitledRecord extends RecordRef {
  /** As the person has it, its mask put on; null where it is empty or hidden from him. */
  readonly title: string | null
}

/** Those of the records that the person reads now, with their titles, in the order given. */
export async function titleRecords(
  parts: RecordsParts,
  actor: Actor,
  refs: readonly RecordRef[],
): Promise<TitledRecord[]> {
  const { policy } = await parts.policies.current(actor.organization)
  const titles = new Map<string, string | null>()
  for (const module of new Set(refs.map((ref) => ref.module))) {
    const ids = refs.filter((ref) => ref.module === module).map(({ id }) => id)
    const found = policy.modules.get(module)
    if (!found) continue
    for (const [id, title] of await titlesIn(parts, actor, found, ids)) titles.set(`${module} ${id}`, title)
  }
  return refs.flatMap(({ module, id }) => {
    const title = titles.get(`${module} ${id}`)
    return title === undefined ? [] : [{ module, id, title }]
  })
}

async function titlesIn(
  parts: RecordsParts,
  actor: Actor,
  module: PolicyModule,
  ids: readonly string[],
): Promise<[string, string | null][]> {
  const snapshot = await parts.policies.current(actor.organization)
  const field = titleFieldFor(snapshot, actor, module)
  const query = { filter: { field: 'id', op: 'in', value: ids }, fields: field ?? 'id', limit: MOST_ITEMS }
  const items = await itemsOrNone(() => listRecords(parts, actor, module.key, query))
  return items.map((item) => [item.id, field === undefined ? null : titleText(item[field])])
}

/** The key of the module's title, where that exists for the person. */
export function titleFieldFor(snapshot: Snapshot, actor: Actor, module: PolicyModule): Key | undefined {
  const key = module.titleField?.key
  return key === undefined ? undefined : visibleField(module, viewOf({ snapshot, actor }, module).access, key)?.key
}

/** A title as text; a masked one as it is shown. */
export function titleText(value: PresentedValue | undefined): string | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'object') return 'masked' in value ? value.masked : value.join(', ')
  return String(value)
}

/** Nothing where the module isn't there for the person, or stopped being so while this was asked. */
export async function itemsOrNone(
  list: () => Promise<{ readonly items: readonly RecordItem[] }>,
): Promise<readonly RecordItem[]> {
  try {
    return (await list()).items
  } catch (error) {
    if (error instanceof Problem && [403, 404, 422].includes(error.status)) return []
    throw error
  }
}
