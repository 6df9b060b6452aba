import { ActionIcon } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type MouseEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Names } from '../../../lib/directory.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import type { Titles } from '../../../lib/titles.ts'
import { FieldValue } from '../../../ui/field-value.tsx'
import { useRecord } from '../record-context.tsx'
import { FieldEditor } from './field-editor.tsx'
import styles from './fields.module.css'
import { LockedReason } from './locked-reason.tsx'

interface Props {
  readonly field: FieldInfo
  readonly titles: Titles
  readonly names: Names
}

/** A field and its value, changed in place where the person may; else text, with the reason within reach. */
export function FieldRow({ field, titles, names }: Props) {
  const { record, mayChange } = useRecord()
  const fieldName = useFieldName()
  const [editing, setEditing] = useState(false)
  const value = record[field.field]
  const name = fieldName(field)
  return (
    <div className={styles.row}>
      <dt className={styles.name}>{name}</dt>
      {editing ? (
        <dd className={styles.cell}>
          <FieldEditor field={field} onDone={() => setEditing(false)} />
        </dd>
      ) : (
        <ShownField field={field} name={name} changeable={mayChange(field)} onEdit={() => setEditing(true)}>
          <FieldValue field={field} value={value} titles={titles} names={names} />
        </ShownField>
      )}
    </div>
  )
}

interface ShownProps {
  readonly field: FieldInfo
  readonly name: string
  readonly changeable: boolean
  readonly children: React.ReactNode
  onEdit(): void
}

function ShownField({ field, name, changeable, children, onEdit }: ShownProps) {
  const { t } = useTranslation()
  if (!changeable) {
    return (
      <dd className={styles.cell}>
        <div className={styles.value}>{children}</div>
        {!field.system && <LockedReason field={field} name={name} />}
      </dd>
    )
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in it is for the keyboard
    <dd className={`${styles.cell} ${styles.changeable}`} onClick={(event) => !isOnLink(event) && onEdit()}>
      <div className={styles.value}>{children}</div>
      <ActionIcon
        className={styles.tool}
        size="sm"
        onClick={onEdit}
        aria-label={t('record:edit', { field: name })}
        data-edit={field.field}
      >
        <IconPencil size={14} stroke={1.6} />
      </ActionIcon>
    </dd>
  )
}

/** A link in a value leads where it leads; and who marks text doesn't want to change it. */
function isOnLink({ target }: MouseEvent): boolean {
  const onLink = target instanceof Element && target.closest('a, button') !== null
  return onLink || getSelection()?.type === 'Range'
}
