import { MultiSelect, NumberInput, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FieldInfo } from '../../../lib/modules.ts'
import { useLabel } from '../../../lib/text.ts'
import { DirectoryInput } from '../../../ui/directory-input.tsx'
import { FieldInput } from '../../../ui/field-input.tsx'
import type { Op } from './condition.ts'
import { isMe, isToday } from './use-words.ts'

interface Props {
  readonly field: FieldInfo
  readonly op: Op
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** What a field is compared with, as its type and the comparison want it. */
export function ComparedValue(props: Props) {
  const { field, op, value, onChange } = props
  if (op === 'in' || op === 'notIn') return <SomeOptions {...props} />
  if (field.type === 'boolean') return <YesOrNo {...props} />
  if (field.type === 'choices')
    return (
      <FieldInput field={{ ...field, type: 'choice', required: true }} value={value} onChange={onChange} hideLabel />
    )
  if (field.type === 'user') return <WhichPerson {...props} />
  if (field.type === 'date' || field.type === 'dateTime') return <WhichDay {...props} />
  return <FieldInput field={{ ...field, required: false }} value={value} onChange={onChange} hideLabel />
}

function SomeOptions({ field, value, onChange }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const chosen = Array.isArray(value) ? value.map(String) : []
  const data = (field.options ?? chosen.map((one) => ({ value: one, name: one }))).map((option) => ({
    value: option.value,
    label: label(option.name, option.value),
  }))
  return (
    <MultiSelect
      size="xs"
      aria-label={t('lists:filter.value')}
      data={data}
      value={chosen}
      onChange={onChange}
      searchable
    />
  )
}

function YesOrNo({ value, onChange }: Props) {
  const { t } = useTranslation()
  const data = [
    { value: 'true', label: t('fields:yes') },
    { value: 'false', label: t('fields:no') },
  ]
  return (
    <Select
      size="xs"
      aria-label={t('lists:filter.value')}
      data={data}
      value={String(value === true)}
      onChange={(next) => onChange(next === 'true')}
      allowDeselect={false}
    />
  )
}

const PEOPLE = ['user'] as const
const OWNERS = ['user', 'team'] as const

/** Oneself, whoever looks at the list; or somebody by name. */
function WhichPerson({ field, value, onChange }: Props) {
  const { t } = useTranslation()
  const isOneself = isMe(value)
  return (
    <Stack gap={4}>
      <Select
        size="xs"
        aria-label={t('lists:filter.value')}
        data={[
          { value: 'me', label: t('lists:filter.me') },
          { value: 'somebody', label: t('lists:filter.somebody') },
        ]}
        value={isOneself ? 'me' : 'somebody'}
        onChange={(next) => onChange(next === 'me' ? { user: 'id' } : null)}
        allowDeselect={false}
      />
      {!isOneself && (
        <DirectoryInput
          kinds={field.field === 'owner' ? OWNERS : PEOPLE}
          aria-label={t('lists:filter.somebody')}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      )}
    </Stack>
  )
}

/** A day by the calendar, or so many from today, whenever one looks. */
function WhichDay({ field, value, onChange }: Props) {
  const { t } = useTranslation()
  const isRelative = isToday(value)
  return (
    <Stack gap={4}>
      <Select
        size="xs"
        aria-label={t('lists:filter.value')}
        data={[
          { value: 'day', label: t('lists:filter.day') },
          { value: 'today', label: t('lists:filter.fromToday') },
        ]}
        value={isRelative ? 'today' : 'day'}
        onChange={(next) => onChange(next === 'today' ? { today: 0 } : null)}
        allowDeselect={false}
      />
      {isRelative ? (
        <NumberInput
          size="xs"
          aria-label={t('lists:filter.fromToday')}
          description={t('lists:filter.fromTodayHint')}
          allowDecimal={false}
          min={-36_500}
          max={36_500}
          value={value.today}
          onChange={(days) => onChange({ today: Number(days) || 0 })}
        />
      ) : (
        <FieldInput field={{ ...field, required: false }} value={value} onChange={onChange} hideLabel />
      )}
    </Stack>
  )
}
