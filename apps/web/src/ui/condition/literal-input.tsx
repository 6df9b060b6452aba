import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import { type FieldInfo, useModules } from '../../lib/modules.ts'
import { DirectoryInput } from '../directory-input.tsx'
import { FieldInput } from '../field-input.tsx'
import { refOf } from './use-words.ts'

interface Props {
  readonly field: FieldInfo
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

const PEOPLE = ['user'] as const
const OWNERS = ['user', 'team'] as const

/** A value that the field could hold; of several choices, one. */
export function LiteralInput({ field, value, onChange }: Props) {
  const modules = useModules()
  const name = useFieldName()(field)
  switch (field.type) {
    case 'boolean':
      return <YesOrNo name={name} value={value} onChange={onChange} />
    case 'choice':
    case 'choices':
      return (
        <FieldInput field={{ ...field, type: 'choice', required: true }} {...{ value, onChange }} size="xs" hideLabel />
      )
    case 'user':
      return (
        <DirectoryInput
          size="xs"
          kinds={field.field === 'owner' ? OWNERS : PEOPLE}
          aria-label={name}
          value={typeof value === 'string' && value !== '' ? refOf(value) : null}
          onChange={onChange}
        />
      )
    case 'lookup':
      if (!modules.some(({ module }) => module === field.module)) return <RecordId {...{ name, value, onChange }} />
  }
  return <FieldInput field={{ ...field, required: false }} value={value} onChange={onChange} size="xs" hideLabel />
}

interface NamedProps extends Omit<Props, 'field'> {
  readonly name: string
}

function YesOrNo({ name, value, onChange }: NamedProps) {
  const { t } = useTranslation()
  const data = [
    { value: 'true', label: t('fields:yes') },
    { value: 'false', label: t('fields:no') },
  ]
  return (
    <Select
      size="xs"
      aria-label={name}
      data={data}
      value={typeof value === 'boolean' ? String(value) : null}
      onChange={(next) => onChange(next === 'true')}
      allowDeselect={false}
    />
  )
}

/** Whoever writes rules may not read the records that they are about: then one is named by its id. */
function RecordId({ name, value, onChange }: NamedProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      size="xs"
      dir="ltr"
      aria-label={name}
      placeholder={t('condition:recordId')}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value.trim() || null)}
    />
  )
}
