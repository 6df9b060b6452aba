import { FIELD_ACCESS } from '@bailiwick/access'
import { ActionIcon, Group, Input, Select, Stack, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useModules } from '../../lib/modules.ts'
import { type LabelText, useLabel } from '../../lib/text.ts'
import { useDraft } from './draft.tsx'

interface Props {
  readonly module: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

const DEFAULT = 'default'

/** What a profile says of a module's fields: of all that it doesn't name, and of some by name. */
export function FieldAccessInput({ module, value, onChange }: Props) {
  const { t } = useTranslation()
  const nameOf = useFieldLabel(module)
  const said = (value ?? {}) as Readonly<Record<string, string>>
  const choices = FIELD_ACCESS.map((access) => ({ value: access, label: t(`admin:choice.${access}`) }))
  const put = (next: Readonly<Record<string, string>>) => onChange(Object.keys(next).length > 0 ? next : undefined)
  const named = Object.keys(said).filter((field) => field !== DEFAULT)
  const others = nameOf.keys.filter((field) => !named.includes(field))
  return (
    <Input.Wrapper label={t('admin:member.fields')} description={t('admin:about.fields')}>
      <Stack gap="xs" pt={4}>
        <Select
          size="xs"
          label={t('admin:fieldDefault')}
          allowDeselect={false}
          data={choices}
          value={said[DEFAULT] ?? 'edit'}
          onChange={(access) => put({ ...said, [DEFAULT]: access ?? 'edit' })}
        />
        {named.map((field) => (
          <Group key={field} gap="xs" wrap="nowrap">
            <Text component="bdi" size="sm" flex={1} truncate>
              {nameOf(field)}
            </Text>
            <Select
              size="xs"
              w={150}
              aria-label={nameOf(field)}
              allowDeselect={false}
              data={choices}
              value={said[field] ?? 'edit'}
              onChange={(access) => put({ ...said, [field]: access ?? 'edit' })}
            />
            <ActionIcon
              aria-label={t('admin:removeOf', { name: nameOf(field) })}
              onClick={() => {
                const { [field]: _gone, ...rest } = said
                put(rest)
              }}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Select
          size="xs"
          searchable
          placeholder={t('admin:addField')}
          aria-label={t('admin:addField')}
          data={others.map((field) => ({ value: field, label: nameOf(field) }))}
          value={null}
          onChange={(field) => field && put({ ...said, [field]: 'hidden' })}
        />
      </Stack>
    </Input.Wrapper>
  )
}

/** What fields are called: by the draft, which may have new ones, else as the module has them now. */
function useFieldLabel(module: string) {
  const label = useLabel()
  const { document } = useDraft()
  const now = useModules().find((one) => one.module === module)
  const drafted = document.modules?.[module]?.fields ?? {}
  const keys = [
    ...new Set([
      ...Object.keys(drafted),
      ...(now?.fields ?? []).filter(({ system }) => !system).map(({ field }) => field),
    ]),
  ]
  const name = (field: string): string => {
    const own: LabelText | undefined = drafted[field]?.name
    return label(own ?? now?.fields.find((one) => one.field === field)?.name, field)
  }
  return Object.assign(name, { keys })
}
