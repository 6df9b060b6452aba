import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../../lib/field-names.ts'
import { isWritable } from '../../../lib/fields.ts'
import { FieldInput } from '../../../ui/field-input.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { useMass } from './use-mass.tsx'

/** Sets one field of all marked records. */
export function EditDialog({ module, selected, onClose }: DialogProps) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const mass = useMass(module.module)
  const fields = module.fields.filter((field) => isWritable(field) && !field.unique)
  const [key, setKey] = useState<string | null>(null)
  const [value, setValue] = useState<unknown>(null)
  const field = fields.find((one) => one.field === key)
  const send = () => {
    if (field) void mass(selected, { set: { [field.field]: field.type === 'boolean' ? value === true : value } })
    onClose()
  }
  const choose = (next: string | null) => {
    setKey(next)
    setValue(null)
  }
  const canSend = field !== undefined && !(field.required && value === null)
  return (
    <FormDialog
      title={t('lists:edit.title')}
      action={t('lists:edit.action')}
      canSend={canSend}
      onSend={send}
      onClose={onClose}
    >
      <Select
        label={t('lists:edit.field')}
        data={fields.map((one) => ({ value: one.field, label: nameOf(one) }))}
        value={key}
        onChange={choose}
        searchable
        allowDeselect={false}
        data-autofocus
      />
      {field && <FieldInput field={field} value={value} onChange={setValue} />}
    </FormDialog>
  )
}
