import { Checkbox, MultiSelect, NumberInput, Select, Skeleton, Textarea, TextInput } from '@mantine/core'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../lib/field-names.ts'
import { isNumeric } from '../lib/fields.ts'
import { useFormats } from '../lib/format.ts'
import type { FieldInfo } from '../lib/modules.ts'
import { useLabel } from '../lib/text.ts'
import type { CommonProps } from './common-props.ts'
import { DirectoryInput } from './directory-input.tsx'
import { LookupInput } from './lookup-input.tsx'

const DateField = lazy(async () => ({ default: (await import('./date-inputs.tsx')).DateField }))
const DateTimeField = lazy(async () => ({ default: (await import('./date-inputs.tsx')).DateTimeField }))

export interface FieldInputProps {
  readonly field: FieldInfo
  /** As the interface has it; `null` where there is none. */
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly error?: ReactNode
  readonly autoFocus?: boolean
  /** The label is read aloud only: where the name of the field stands beside it already. */
  readonly hideLabel?: boolean
  readonly disabled?: boolean
  /** Small, where it stands in a row of its like. */
  readonly size?: 'xs'
}

/** An input for a field, as its type is written. Empty is `null`. */
export function FieldInput({ field, value, onChange, error, autoFocus, hideLabel, disabled, size }: FieldInputProps) {
  const name = useFieldName()(field)
  const common: CommonProps = {
    label: hideLabel ? undefined : name,
    'aria-label': hideLabel ? name : undefined,
    required: field.required,
    error,
    autoFocus,
    disabled,
    name: field.field,
    ...(size && { size }),
  }
  return inputFor(field, value, onChange, common)
}

function inputFor(field: FieldInfo, value: unknown, onChange: (value: unknown) => void, common: CommonProps) {
  if (isNumeric(field)) return <NumberField field={field} value={value} onChange={onChange} common={common} />
  switch (field.type) {
    case 'boolean':
      return <BooleanField value={value} onChange={onChange} common={common} />
    case 'choice':
    case 'choices':
      return <ChoiceField field={field} value={value} onChange={onChange} common={common} />
    case 'date':
    case 'dateTime':
      return <LazyDate field={field} value={value} onChange={onChange} common={common} />
    case 'lookup':
      return <LookupInput module={field.module} value={textOf(value) || null} onChange={onChange} {...common} />
    case 'user':
      return <DirectoryInput kinds={USERS} value={textOf(value) || null} onChange={onChange} {...common} />
    default:
      return <TextField field={field} value={value} onChange={onChange} common={common} />
  }
}

const USERS = ['user'] as const

interface PartProps {
  readonly field: FieldInfo
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly common: CommonProps
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const KEYBOARDS = {
  email: { type: 'email', inputMode: 'email', dir: 'ltr' },
  phone: { type: 'tel', inputMode: 'tel', dir: 'ltr' },
  url: { type: 'text', inputMode: 'url', dir: 'ltr' },
} as const

function TextField({ field, value, onChange, common }: PartProps) {
  const write = (text: string) => onChange(text === '' ? null : text)
  if (field.type === 'longText') {
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        maxRows={10}
        value={textOf(value)}
        onChange={(event) => write(event.currentTarget.value)}
      />
    )
  }
  const keyboard = KEYBOARDS[field.type as keyof typeof KEYBOARDS] ?? { type: 'text', dir: 'auto' }
  return (
    <TextInput
      {...common}
      {...keyboard}
      autoComplete="off"
      value={textOf(value)}
      onChange={(event) => write(event.currentTarget.value)}
    />
  )
}

function NumberField({ field, value, onChange, common }: PartProps) {
  const { decimal, thousands } = useSeparators()
  const write = (typed: number | string | bigint) => {
    const number = Number(typed)
    onChange(typed === '' || !Number.isFinite(number) ? null : number)
  }
  return (
    <NumberInput
      {...common}
      hideControls
      dir="ltr"
      className="bw-figures"
      value={typeof value === 'number' ? value : ''}
      onChange={write}
      decimalSeparator={decimal}
      thousandSeparator={thousands}
      allowedDecimalSeparators={[decimal, ',', '.'].filter((one) => one !== thousands)}
      allowDecimal={field.type !== 'integer'}
      decimalScale={field.type === 'money' ? 4 : undefined}
      suffix={field.type === 'percent' ? ' %' : undefined}
    />
  )
}

/** How the locale parts a number; its digits are typed as every keyboard has them. */
function useSeparators(): { decimal: string; thousands: string } {
  const { locale } = useFormats()
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn' }).formatToParts(12_345.6)
  const find = (type: string, otherwise: string) => parts.find((part) => part.type === type)?.value ?? otherwise
  return { decimal: find('decimal', '.'), thousands: find('group', '') }
}

function BooleanField({ value, onChange, common: { required: _, ...common } }: Omit<PartProps, 'field'>) {
  return (
    <Checkbox {...common} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} py={4} />
  )
}

function ChoiceField({ field, value, onChange, common }: PartProps) {
  const label = useLabel()
  const { t } = useTranslation()
  const data = (field.options ?? []).map((option) => ({ value: option.value, label: label(option.name, option.value) }))
  const shared = {
    ...common,
    data,
    clearable: !field.required,
    clearButtonProps: { 'aria-label': t('fields:clear', { field: useFieldName()(field) }) },
    searchable: data.length > 8,
    nothingFoundMessage: t('fields:nothingFound'),
  }
  if (field.type === 'choice') {
    return <Select {...shared} value={textOf(value) || null} onChange={onChange} allowDeselect={false} />
  }
  const chosen = Array.isArray(value) ? value.map(String) : []
  return <MultiSelect {...shared} value={chosen} onChange={(values) => onChange(values.length > 0 ? values : null)} />
}

/** The calendar comes when the first date is to be written. */
function LazyDate({ field, value, onChange, common }: PartProps) {
  const Field = field.type === 'date' ? DateField : DateTimeField
  return (
    <Suspense fallback={<Skeleton h={36} />}>
      <Field value={textOf(value) || null} onChange={onChange} clearable={!field.required} {...common} />
    </Suspense>
  )
}
