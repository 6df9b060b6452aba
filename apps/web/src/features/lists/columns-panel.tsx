import { ActionIcon, Button, Checkbox, Group, ScrollArea, Stack, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { columnsOf } from '../../lib/default-columns.ts'
import { useFieldName } from '../../lib/field-names.ts'
import { useFormats } from '../../lib/format.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import { type FieldInfo, type ModuleInfo, useModules } from '../../lib/modules.ts'
import { canTellHealth } from './health/health.ts'
import type { ChangeList } from './use-list-search.ts'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** Chooses the columns of a list, and their order. The title always leads. */
export function ColumnsPanel({ module, search, change }: Props) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const modules = useModules()
  const { compare } = useFormats()
  const [sought, setSought] = useState('')
  const [title, ...shown] = columnsOf(module, search.columns)
  const others = module.fields
    .filter((field) => field !== title && !shown.includes(field) && field.field !== 'version')
    .sort((a, b) => compare(nameOf(a), nameOf(b)))
  const show = (fields: readonly FieldInfo[]) => change({ columns: fields.map(({ field }) => field) })
  const matches = (field: FieldInfo) => nameOf(field).toLocaleLowerCase().includes(sought.trim().toLocaleLowerCase())
  const withTitle = (fields: readonly FieldInfo[]) => (title ? [title, ...fields] : fields)
  return (
    <Stack gap="xs" p="xs">
      <TextInput
        size="xs"
        data-autofocus
        aria-label={t('lists:columns.search')}
        placeholder={t('lists:columns.search')}
        value={sought}
        onChange={(event) => setSought(event.currentTarget.value)}
      />
      <ScrollArea.Autosize
        mah="50vh"
        type="auto"
        viewportProps={{ tabIndex: 0, 'aria-label': t('lists:columns.title') }}
      >
        <Stack gap={2}>
          {canTellHealth(module, modules) && (
            <Checkbox
              size="xs"
              py={4}
              label={t('lists:health.title')}
              description={t('lists:health.restsOn')}
              checked={search.health !== false}
              onChange={(event) => change({ health: event.currentTarget.checked ? undefined : false })}
            />
          )}
          {shown.filter(matches).map((field) => (
            <Group key={field.field} justify="space-between" wrap="nowrap" gap={4}>
              <Checkbox
                size="xs"
                label={nameOf(field)}
                checked
                onChange={() => show(withTitle(shown.filter((one) => one !== field)))}
              />
              <Group gap={0} wrap="nowrap">
                <Move field={nameOf(field)} by={-1} onMove={() => show(withTitle(moved(shown, field, -1)))} />
                <Move field={nameOf(field)} by={1} onMove={() => show(withTitle(moved(shown, field, 1)))} />
              </Group>
            </Group>
          ))}
          {others.filter(matches).map((field) => (
            <Checkbox
              key={field.field}
              size="xs"
              py={4}
              label={nameOf(field)}
              checked={false}
              onChange={() => show(withTitle([...shown, field]))}
            />
          ))}
        </Stack>
      </ScrollArea.Autosize>
      {search.columns && (
        <Button size="compact-sm" variant="subtle" onClick={() => change({ columns: undefined })}>
          {t('lists:columns.usual')}
        </Button>
      )}
    </Stack>
  )
}

function Move({ field, by, onMove }: { readonly field: string; readonly by: -1 | 1; readonly onMove: () => void }) {
  const { t } = useTranslation()
  const Arrow = by < 0 ? IconArrowUp : IconArrowDown
  return (
    <ActionIcon
      size="sm"
      aria-label={by < 0 ? t('lists:columns.earlier', { field }) : t('lists:columns.later', { field })}
      onClick={onMove}
    >
      <Arrow size={14} aria-hidden />
    </ActionIcon>
  )
}

function moved(fields: readonly FieldInfo[], field: FieldInfo, by: -1 | 1): FieldInfo[] {
  const from = fields.indexOf(field)
  const to = Math.max(0, Math.min(fields.length - 1, from + by))
  const rest = fields.filter((one) => one !== field)
  return [...rest.slice(0, to), field, ...rest.slice(to)]
}
