import { Button, Group } from '@mantine/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Changes, type Edited, useEditRecord } from '../../../lib/edit-record.ts'
import { useFieldName } from '../../../lib/field-names.ts'
import { isWritable } from '../../../lib/fields.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import { allows, type RecordItem } from '../../../lib/records.ts'
import { isMasked } from '../../../lib/titles.ts'
import { say, sayProblem, unsay } from '../../../ui/notify.ts'

/** Writes in cells: shown at once, taken back with the reason where it is refused, undone by the toast. */
export function useInlineEdit(module: ModuleInfo) {
  const [editing, setEditing] = useState<{ readonly id: string; readonly field: string }>()
  const save = useSaveField(module)
  const canEdit = useCallback(
    (record: RecordItem, field: FieldInfo) =>
      isWritable(field) && allows(record, module.actions, 'update') && !isMasked(record[field.field]),
    [module],
  )
  const edit = useCallback(
    (record: RecordItem, field: FieldInfo) => {
      if (canEdit(record, field)) setEditing({ id: record.id, field: field.field })
    },
    [canEdit],
  )
  const stop = useCallback(() => setEditing(undefined), [])
  return { editing, canEdit, edit, stop, save }
}

/** Changes one field of a record, with what goes along with it, and offers to undo it. */
export function useSaveField(module: ModuleInfo) {
  const { t } = useTranslation()
  const send = useEditRecord(module.module)
  const nameOf = useFieldName()
  return useCallback(
    async (record: RecordItem, field: FieldInfo, value: unknown, also: Changes = {}) => {
      const undo = ({ before, after }: Edited) => {
        if (after)
          void send(after, { [field.field]: before[field.field] ?? null }).catch((error) => sayProblem(t, error))
      }
      try {
        const edited = await send(record, { [field.field]: value, ...also })
        sayChanged(t('lists:changed', { field: nameOf(field) }), edited.after && (() => undo(edited)), t('lists:undo'))
      } catch (error) {
        sayProblem(t, error)
      }
    },
    [send, nameOf, t],
  )
}

const TO_UNDO = 8_000

/** Says what was done, with the way back where there is one. */
export function sayChanged(text: string, undo: (() => void) | undefined, label: string): void {
  const id: string = say(
    <Group justify="space-between" wrap="nowrap">
      <span>{text}</span>
      {undo && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            unsay(id)
            undo()
          }}
        >
          {label}
        </Button>
      )}
    </Group>,
    { autoClose: TO_UNDO },
  )
}
