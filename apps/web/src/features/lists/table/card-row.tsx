import { memo } from 'react'
import { isEmpty } from '../../../lib/fields.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import { CellValue } from './cell-value.tsx'
import styles from './table.module.css'
import { Mark, type RowProps, TitleLink } from './table-row.tsx'

/** One record on a phone: its name with what matters most, and a line of what else there is. */
export const CardRow = memo(function CardRow(props: RowProps) {
  const { module, record, index, columns, names, titles, offset, isCurrent, isMarked, actions, beside } = props
  const [title, ...others] = columns
  const filled = others.filter(({ field }) => !isEmpty(record[field]))
  const main = filled.find(({ type }) => type === 'money') ?? filled[0]
  const rest = filled.filter((field) => field !== main).slice(0, 2)
  const value = (field: FieldInfo) => <CellValue field={field} record={record} names={names} titles={titles} />
  return (
    <tr
      id={`row-${record.id}`}
      aria-rowindex={index + 2}
      aria-selected={isMarked}
      data-current={isCurrent || undefined}
      className={styles.card}
      style={{ transform: `translateY(${offset}px)` }}
      onClick={(event) => actions.open(record, event)}
    >
      {isMarked !== undefined && <Mark record={record} isMarked={isMarked} actions={actions} />}
      <td className={styles.cardText}>
        <div className={styles.cardLine}>
          <span>
            {title && <TitleLink module={module} record={record} field={title} beside={beside} isInWalkedRow />}
          </span>
          {main && <span className="bw-figures">{value(main)}</span>}
        </div>
        <div className={`${styles.cardLine} ${styles.cardRest}`}>
          {rest.map((field) => (
            <span key={field.field}>{value(field)}</span>
          ))}
        </div>
      </td>
    </tr>
  )
})
