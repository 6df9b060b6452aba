import { useState } from 'react'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import { comparableFields, newComparison } from '../../../ui/condition/comparisons.ts'
import { conditionOf, type Group, groupOf } from '../../../ui/condition/condition.ts'
import { ConditionBuilder } from '../../../ui/condition/condition-builder.tsx'
import type { ChangeList } from '../use-list-search.ts'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** Narrows the list down by a condition. The list follows at once, by what is filled in. */
export function FilterBuilder({ module, search, change }: Props) {
  const fields = filterableFields(module)
  const [group, setGroup] = useState(() => begun(groupOf(search.filter), fields))
  const update = (next: Group) => {
    setGroup(next)
    const condition = conditionOf(next)
    if (JSON.stringify(condition) !== JSON.stringify(search.filter)) change({ filter: condition })
  }
  const subject = { fields, known: module.fields, asker: 'me', attributes: STANDING } as const
  return <ConditionBuilder subject={subject} group={group} onChange={update} />
}

/** What is known of everybody. */
const STANDING = ['id', 'role']

/** An empty filter begins with a line to fill in. */
function begun(group: Group, fields: readonly FieldInfo[]): Group {
  const [first] = fields
  return group.parts.length === 0 && first ? { join: group.join, parts: [newComparison(first)] } : group
}

/** The fields that a list is narrowed down by: no numbers of the program's own, and no way into what one doesn't read. */
function filterableFields({ fields }: ModuleInfo): readonly FieldInfo[] {
  return comparableFields(fields).filter(
    ({ field, type, module }) => field !== 'id' && field !== 'version' && (type !== 'lookup' || module !== undefined),
  )
}
