import { UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { afterPaint } from '../../../lib/after-paint.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { isNumeric } from '../../../lib/fields.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import { HEALTH } from '../health/health.ts'
import { directionOf, isSortable, nextSort } from './sorting.ts'
import styles from './table.module.css'

interface Props {
  readonly columns: readonly FieldInfo[]
  readonly tracks: string
  readonly sort: string | undefined
  readonly onSort: (sort: string | undefined) => void
  /** Whether all rows are marked, or some; absent where none can be. */
  readonly marked?: 'all' | 'some' | 'none'
  readonly onMarkAll: () => void
}

/** The names of the columns; a click sorts. */
export function TableHeader({ columns, tracks, sort, onSort, marked, onMarkAll }: Props) {
  const { t } = useTranslation()
  const order = useShownAtOnce(sort, onSort)
  return (
    <tr aria-rowindex={1} className={`${styles.row} ${styles.header}`} style={{ gridTemplateColumns: tracks }}>
      {marked && (
        <th scope="col" className={styles.check}>
          <input
            type="checkbox"
            className={styles.box}
            aria-label={t('lists:markAll')}
            checked={marked === 'all'}
            ref={(box) => {
              if (box) box.indeterminate = marked === 'some'
            }}
            onChange={onMarkAll}
          />
        </th>
      )}
      {columns.map((field) => (
        <Heading key={field.field} field={field} {...order} />
      ))}
    </tr>
  )
}

/** The order that was asked for, at once; the rows follow. */
function useShownAtOnce(sort: Props['sort'], onSort: Props['onSort']): Pick<Props, 'sort' | 'onSort'> {
  const [asked, setAsked] = useState<{ readonly from: Props['sort']; readonly to: Props['sort'] }>()
  if (asked && asked.from !== sort) setAsked(undefined)
  const ask = (to: Props['sort']) => {
    setAsked({ from: sort, to })
    afterPaint(() => onSort(to))
  }
  return { sort: asked && asked.from === sort ? asked.to : sort, onSort: ask }
}

function Heading({ field, sort, onSort }: Pick<Props, 'sort' | 'onSort'> & { readonly field: FieldInfo }) {
  const { t } = useTranslation()
  const name = useFieldName()(field)
  const direction = directionOf(sort, field)
  const Arrow = direction === 'descending' ? IconArrowDown : IconArrowUp
  return (
    <th
      scope="col"
      aria-sort={direction ?? (isSortable(field) ? 'none' : undefined)}
      className={`${styles.cell} ${field.title ? styles.sticky : ''}`}
      data-numeric={isNumeric(field) || undefined}
    >
      {isSortable(field) ? (
        <UnstyledButton className={styles.sort} onClick={() => onSort(nextSort(sort, field))}>
          <span>{name}</span>
          {direction && <Arrow size={14} aria-hidden />}
        </UnstyledButton>
      ) : (
        <span className={styles.label} title={field.field === HEALTH ? t('lists:health.restsOn') : undefined}>
          {name}
        </span>
      )}
    </th>
  )
}
