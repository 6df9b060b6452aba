import { isEmpty } from '../../../lib/fields.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { TitleLink } from '../table/table-row.tsx'
import type { useNamesIn } from '../table/use-rows.ts'
import { useMovable } from '../use-movable.ts'
import styles from './board.module.css'

interface Props {
  readonly module: string
  readonly record: RecordItem
  readonly fields: readonly FieldInfo[]
  readonly named: ReturnType<typeof useNamesIn>
  readonly canMove: boolean
}

/** By which a card is found again where it has gone. */
export function cardId(record: string): string {
  return `card-${record}`
}

/** A record on the board; what may not be changed can't be dragged. */
export function BoardCard({ module, record, fields, named, canMove }: Props) {
  const { ref, handle, transform, isDragging } = useMovable(record.id, canMove)
  const [title, ...others] = fields
  const filled = others.filter(({ field, type }) => {
    // What is looked up and not to be read has no title: there is nothing to show of it.
    const isUnseen = type === 'lookup' && named.titles.get(String(record[field])) === null
    return type !== 'boolean' && !isEmpty(record[field]) && !isUnseen
  })
  return (
    <li
      ref={ref}
      {...handle}
      id={cardId(record.id)}
      className={styles.card}
      data-movable={canMove || undefined}
      data-dragging={isDragging || undefined}
      style={transform ? { transform: `translate(${transform.x}px, ${transform.y}px)` } : undefined}
    >
      {title && <TitleLink module={module} record={record} field={title} />}
      {filled.map((field) => (
        <span key={field.field} className={`${styles.line} bw-figures`}>
          <FieldValue field={field} value={record[field.field]} names={named.names} titles={named.titles} compact />
        </span>
      ))}
    </li>
  )
}
