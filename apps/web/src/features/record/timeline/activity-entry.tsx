import { Anchor, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { fieldsOf } from '../../../lib/fields.ts'
import { titleField, useModule } from '../../../lib/modules.ts'
import { nameOf } from '../../../lib/titles.ts'
import { ChoiceBadge } from '../../../ui/field-value.tsx'
import type { Happening } from './timeline-queries.ts'

/** A call, meeting, mail or task, with how it stands. */
export function ActivityEntry({ item: { record } }: { readonly item: Happening }) {
  const info = useModule('activities')
  if (!info || !record) return null
  const values: Readonly<Record<string, unknown>> = record
  const title = titleField(info)?.field
  const fields = fieldsOf(info)
  return (
    <Group gap="xs">
      <Anchor component={Link} to={`/records/activities/${record.id}`}>
        <bdi>{nameOf(title ? values[title] : undefined) || record.id}</bdi>
      </Anchor>
      {['type', 'status'].map((key) => {
        const field = fields.get(key)
        const value = values[key]
        return field && typeof value === 'string' && <ChoiceBadge key={key} field={field} value={value} />
      })}
    </Group>
  )
}
