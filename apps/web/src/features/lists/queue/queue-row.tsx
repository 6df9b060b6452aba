import { Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { TitleLink } from '../table/table-row.tsx'
import type { useNamesIn } from '../table/use-rows.ts'
import styles from './queue.module.css'
import { deadlineOf } from './urgency.ts'

interface Props {
  readonly module: string
  readonly record: RecordItem
  readonly fields: readonly FieldInfo[]
  readonly named: ReturnType<typeof useNamesIn>
  /** One's own need no name beside them. */
  readonly withOwner: boolean
  /** Absent where it may not be taken. */
  readonly onTake: (() => void) | undefined
}

const BESIDE = ['priority', 'status', 'account']

/** A ticket that waits: how urgent it is, whose, and the way to take it. */
export function QueueRow({ module, record, fields, named, withOwner, onTake }: Props) {
  const { t } = useTranslation()
  const title = fields.find((field) => field.title)
  const shown = withOwner ? [...BESIDE, 'owner'] : BESIDE
  const beside = shown.flatMap((name) => fields.find(({ field }) => field === name) ?? [])
  return (
    <li className={styles.row}>
      <span className={styles.subject}>{title && <TitleLink module={module} record={record} field={title} />}</span>
      <Age record={record} />
      {beside.map((field) => (
        <span key={field.field} className={styles.value}>
          <FieldValue field={field} value={record[field.field]} names={named.names} titles={named.titles} compact />
        </span>
      ))}
      {onTake && (
        <Button size="compact-sm" variant="default" onClick={onTake}>
          {t('lists:queue.take')}
        </Button>
      )}
    </li>
  )
}

/** How long it has waited, and whether that is too long: in words, and in red. */
function Age({ record }: { readonly record: RecordItem }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const deadline = deadlineOf(record)
  if (typeof record.createdAt !== 'string') return <span className={styles.value} />
  const when = formats.ago(record.createdAt)
  const isLate = deadline !== undefined && deadline < Date.now()
  return (
    <Text size="sm" className={styles.value} c={isLate ? 'red' : 'dimmed'} title={formats.dateTime(record.createdAt)}>
      {isLate ? t('lists:queue.late', { when }) : when}
    </Text>
  )
}
