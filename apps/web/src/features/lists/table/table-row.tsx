import { IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, type MouseEvent, memo, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Names } from '../../../lib/directory.ts'
import { isNumeric } from '../../../lib/fields.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { nameOf, type Titles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { CellValue } from './cell-value.tsx'
import styles from './table.module.css'

const CellEditor = lazy(async () => ({ default: (await import('./cell-editor.tsx')).CellEditor }))

/** What happens to a row; the same object for all rows and renderings. */
export interface RowActions {
  open(record: RecordItem, event: MouseEvent): void
  toggle(record: RecordItem, isRange: boolean): void
  canEdit(record: RecordItem, field: FieldInfo): boolean
  edit(record: RecordItem, field: FieldInfo): void
  save(record: RecordItem, field: FieldInfo, value: unknown): void
  stopEditing(): void
}

export interface RowProps {
  readonly module: string
  readonly record: RecordItem
  readonly index: number
  readonly columns: readonly FieldInfo[]
  readonly tracks: string
  readonly names: Names
  readonly titles: Titles
  readonly offset: number
  readonly height: number
  readonly isCurrent: boolean
  /** Of the current row: the column that the arrows stand on. */
  readonly currentField?: string
  readonly editing?: string
  /** Absent where nothing can be marked. */
  readonly isMarked?: boolean
  readonly actions: RowActions
  /** What stands behind the title. */
  readonly beside?: ReactNode
}

/** One record, in a line. */
export const TableRow = memo(function TableRow(props: RowProps) {
  const { record, index, columns, tracks, offset, height, isCurrent, isMarked, actions } = props
  return (
    <tr
      id={`row-${record.id}`}
      aria-rowindex={index + 2}
      aria-selected={isMarked}
      data-current={isCurrent || undefined}
      className={`${styles.row} ${styles.line}`}
      style={{ gridTemplateColumns: tracks, blockSize: height, transform: `translateY(${offset}px)` }}
      onClick={(event) => actions.open(record, event)}
    >
      {isMarked !== undefined && <Mark record={record} isMarked={isMarked} actions={actions} />}
      {columns.map((field) => (
        <Cell key={field.field} {...props} field={field} />
      ))}
    </tr>
  )
})

export function Mark({ record, isMarked, actions }: { record: RecordItem; isMarked: boolean; actions: RowActions }) {
  const { t } = useTranslation()
  return (
    <td className={styles.check}>
      <input
        type="checkbox"
        className={styles.box}
        tabIndex={-1}
        aria-label={t('lists:mark')}
        checked={isMarked}
        onChange={() => undefined}
        onClick={(event) => actions.toggle(record, event.shiftKey)}
      />
    </td>
  )
}

function Cell({ field, ...props }: RowProps & { readonly field: FieldInfo }) {
  const { record, currentField, editing, actions, names, titles, module } = props
  const isEditing = editing === field.field
  return (
    <td
      className={`${styles.cell} ${field.title ? styles.sticky : ''}`}
      data-numeric={isNumeric(field) || undefined}
      data-current={currentField === field.field || undefined}
      data-editing={isEditing || undefined}
      data-editable={actions.canEdit(record, field) || undefined}
      onDoubleClick={() => actions.edit(record, field)}
    >
      {isEditing ? (
        <Suspense fallback={<FieldValue field={field} value={record[field.field]} compact />}>
          <CellEditor
            field={field}
            value={record[field.field]}
            onSave={(value) => actions.save(record, field, value)}
            onCancel={actions.stopEditing}
          />
        </Suspense>
      ) : field.title ? (
        <TitleLink module={module} record={record} field={field} beside={props.beside} isInWalkedRow />
      ) : (
        <span className={isNumeric(field) ? 'bw-figures' : undefined}>
          <CellValue field={field} record={record} names={names} titles={titles} />
        </span>
      )}
    </td>
  )
}

interface TitleProps {
  readonly module: string
  readonly record: RecordItem
  readonly field: FieldInfo
  readonly beside?: ReactNode
  /** The rows themselves are walked by keyboard, and open by Enter: the link is no stop of its own. */
  readonly isInWalkedRow?: boolean
}

/** The name of a record, which leads to it; with a lock where it is confidential. */
export function TitleLink({ module, record, field, beside, isInWalkedRow = false }: TitleProps) {
  const { t } = useTranslation()
  return (
    <>
      <Link
        className={styles.title}
        tabIndex={isInWalkedRow ? -1 : undefined}
        to="/records/$module/$id"
        params={{ module, id: record.id }}
      >
        {record.confidential === true && (
          <IconLock size={14} stroke={1.6} role="img" aria-label={t('lists:confidential')} />
        )}
        <bdi>{nameOf(record[field.field]) || '—'}</bdi>
      </Link>
      {beside}
    </>
  )
}
