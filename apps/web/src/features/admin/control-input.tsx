import { MultiSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type LabelText, labelIn } from '../../lib/text.ts'
import { AttributesInput } from './attributes-input.tsx'
import { ConditionInput } from './condition-input.tsx'
import { useDraft } from './draft.tsx'
import { ModuleAccessInput } from './module-access-input.tsx'
import { modulesOf } from './module-fields.ts'
import { PermissionsInput } from './permissions-input.tsx'
import { PrincipalsInput } from './principals-input.tsx'
import { type Control, itemsOf, type Section } from './sections.ts'
import { texts, useItemName } from './use-item-text.ts'
import { WindowsInput } from './windows-input.tsx'

interface Props {
  readonly control: Control
  readonly section: Section
  /** The module that the thing is about, where it is about one. */
  readonly module: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** Fills in one member of a thing of the document, by its kind. */
export function ControlInput({ control, section, module, value, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const label = t(`admin:member.${control.key}`)
  switch (control.kind) {
    case 'text':
    case 'email':
      return (
        <TextInput
          label={label}
          type={control.kind}
          required={control.required}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'label':
      return (
        <TextInput
          label={label}
          value={labelIn(i18n.language, value as LabelText | undefined)}
          onChange={(event) => onChange(relabel(value, i18n.language, event.currentTarget.value))}
        />
      )
    case 'choice':
      return (
        <Select
          label={label}
          description={t(`admin:about.${control.key}`)}
          allowDeselect={false}
          data={control.options.map((option) => ({ value: option, label: t(`admin:choice.${option}`) }))}
          value={typeof value === 'string' ? value : control.unstated}
          onChange={onChange}
        />
      )
    case 'one':
    case 'many':
      return <ReferenceInput {...{ control, label, value, onChange }} />
    case 'principals':
      return <PrincipalsInput label={label} required={control.required} value={texts(value)} onChange={onChange} />
    case 'attributes':
      return <AttributesInput label={label} value={value} onChange={onChange} />
    case 'condition':
      return (
        <ConditionInput
          label={label}
          description={t(`admin:about.${section}When`)}
          module={module}
          value={value}
          onChange={onChange}
        />
      )
    case 'permissions':
      return <PermissionsInput label={label} value={texts(value)} onChange={onChange} />
    case 'moduleAccess':
      return <ModuleAccessInput label={label} value={value} onChange={onChange} />
    case 'windows':
      return <WindowsInput label={label} value={value} onChange={onChange} />
    case 'networks':
      return (
        <TagsInput
          label={label}
          description={t('admin:about.networks')}
          dir="ltr"
          value={texts(value)}
          onChange={onChange}
          clearButtonProps={{ 'aria-label': t('admin:clear') }}
        />
      )
  }
}

interface ReferenceProps {
  readonly control: Extract<Control, { readonly kind: 'one' | 'many' }>
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

function ReferenceInput({ control, label, value, onChange }: ReferenceProps) {
  const { t } = useTranslation()
  const { document } = useDraft()
  const nameOf = useItemName()
  const { of } = control
  const keys = of === 'modules' ? modulesOf(document) : Object.keys(itemsOf(document, of))
  const known = of === 'profiles' ? ['administrator', ...keys] : keys
  const data = [...new Set([...known, ...(control.kind === 'many' ? texts(value) : [])])].map((key) => ({
    value: key,
    label: of === 'profiles' && key === 'administrator' ? t('admin:administrator') : nameOf(of, key),
  }))
  const common = {
    label,
    data,
    searchable: true,
    clearable: !control.required,
    limit: 100,
    nothingFoundMessage: t('admin:nothing'),
  }
  if (control.kind === 'one') {
    return (
      <Select
        {...common}
        required={control.required}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
        clearButtonProps={{ 'aria-label': t('admin:clear') }}
      />
    )
  }
  return (
    <MultiSelect
      {...common}
      value={texts(value)}
      onChange={onChange}
      clearButtonProps={{ 'aria-label': t('admin:clear') }}
    />
  )
}

/** A name in the language of the page; what it is called in others stays. */
function relabel(before: unknown, language: string, name: string): unknown {
  if (typeof before !== 'object' || before === null) return name
  return { ...before, [language]: name }
}
