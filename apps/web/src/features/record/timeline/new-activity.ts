import type { ModuleInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { nameOf, type Titles } from '../../../lib/titles.ts'

export type Quick = 'Call' | 'Meeting' | 'Task'

/** The field of activities by which one is about a record of a module, where the person may fill it in. */
export function aboutField(activities: ModuleInfo, module: string): string | undefined {
  return activities.fields.find(
    ({ type, module: of, access }) => type === 'lookup' && of === module && access === 'edit',
  )?.field
}

/**
 * What a new activity starts from: about the record, and about whatever that is itself about (a deal's account and contact), as far as
 * the person reads it: what he can't read he can't point to. A call that is logged is over.
 */
export function activityFor(
  activities: ModuleInfo,
  { module }: ModuleInfo,
  record: RecordItem,
  kind: Quick,
  titles: Titles,
) {
  const about = aboutField(activities, module)
  const lookups = activities.fields.filter(({ type, access }) => type === 'lookup' && access === 'edit')
  const inherited = lookups
    .filter(({ field }) => field !== about && typeof titles.get(nameOf(record[field])) === 'string')
    .map(({ field }) => [field, record[field]] as const)
  return {
    ...Object.fromEntries(inherited),
    ...(about && { [about]: record.id }),
    type: kind,
    status: kind === 'Call' ? 'Completed' : 'Planned',
  }
}
