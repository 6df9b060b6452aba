import type { Group } from './condition.ts'
import { GroupEditor } from './group-editor.tsx'
import { type Subject, SubjectContext } from './subject.ts'

interface Props {
  readonly subject: Subject
  readonly group: Group
  readonly onChange: (group: Group) => void
}

/** Builds a condition of the access model: comparisons, in groups of any depth. */
export function ConditionBuilder({ subject, group, onChange }: Props) {
  return (
    <SubjectContext value={subject}>
      <GroupEditor group={group} depth={1} onChange={onChange} />
    </SubjectContext>
  )
}
