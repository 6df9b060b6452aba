import { ActionIcon, Button, Group, MultiSelect, Stack, TagsInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import { isNumeric } from '../../lib/fields.ts'
import type { FieldInfo } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { LiteralInput } from './literal-input.tsx'

interface Props {
  readonly field: FieldInfo
  readonly value: unknown
  readonly onChange: (values: readonly unknown[]) => void
}

const ONE_BY_ONE = ['boolean', 'date', 'dateTime', 'lookup', 'user']

/** Several values: options to choose, texts to type, and one by one what is picked. */
export function ManyLiterals({ field, value, onChange }: Props) {
  const values: readonly unknown[] = Array.isArray(value) ? value : []
  if (field.type === 'choice') return <SomeOptions field={field} values={values} onChange={onChange} />
  const isPicked = ONE_BY_ONE.includes(field.type) || isNumeric(field)
  if (isPicked) return <Picked field={field} values={values} onChange={onChange} />
  return <SomeTexts field={field} values={values} onChange={onChange} />
}

interface ManyProps extends Omit<Props, 'value'> {
  readonly values: readonly unknown[]
}

function SomeOptions({ field, values, onChange }: ManyProps) {
  const name = useFieldName()(field)
  const label = useLabel()
  const { t } = useTranslation()
  const options = field.options ?? []
  const missing = values.map(String).filter((one) => !options.some((option) => option.value === one))
  const data = [...options, ...missing.map((one) => ({ value: one, name: one }))].map((option) => ({
    value: option.value,
    label: label(option.name, option.value),
  }))
  return (
    <MultiSelect
      size="xs"
      aria-label={name}
      data={data}
      value={values.map(String)}
      onChange={onChange}
      searchable
      nothingFoundMessage={t('fields:nothingFound')}
    />
  )
}

function SomeTexts({ field, values, onChange }: ManyProps) {
  const { t } = useTranslation()
  return (
    <TagsInput
      size="xs"
      aria-label={useFieldName()(field)}
      description={t('condition:manyHint')}
      value={values.map(String)}
      onChange={onChange}
      acceptValueOnBlur
    />
  )
}

function Picked({ field, values, onChange }: ManyProps) {
  const { t } = useTranslation()
  const shown = values.length > 0 ? values : [null]
  const put = (at: number, one: unknown) => onChange(shown.map((before, index) => (index === at ? one : before)))
  return (
    <Stack gap={4}>
      {shown.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a value has no other name than its place
        <Group key={at} gap={4} wrap="nowrap" align="start">
          <div style={{ flex: 1, minInlineSize: 0 }}>
            <LiteralInput field={field} value={one} onChange={(next) => put(at, next)} />
          </div>
          {shown.length > 1 && (
            <ActionIcon
              aria-label={t('condition:removeValue')}
              onClick={() => onChange(shown.filter((_, index) => index !== at))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        justify="start"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...shown, null])}
      >
        {t('condition:addValue')}
      </Button>
    </Stack>
  )
}
