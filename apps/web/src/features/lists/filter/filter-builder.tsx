import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../../lib/field-names.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import type { ChangeList } from '../use-list-search.ts'
import { ComparedValue } from './compared-value.tsx'
import {
  type Comparison,
  conditionOf,
  type Group as FilterGroup,
  groupOf,
  isComparison,
  isGroup,
  isOrder,
  type Join,
  type Op,
  type Part,
} from './condition.ts'
import styles from './filter.module.css'
import { filterableFields, opsOf } from './filter-fields.ts'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** Builds a condition out of comparisons, in one group or in groups of it. The list follows at once. */
export function FilterBuilder({ module, search, change }: Props) {
  const fields = filterableFields(module)
  const [group, setGroup] = useState(() => begun(groupOf(search.filter), fields))
  const update = (next: FilterGroup) => {
    setGroup(next)
    const condition = conditionOf(next)
    if (JSON.stringify(condition) !== JSON.stringify(search.filter)) change({ filter: condition })
  }
  return <GroupEditor group={group} fields={fields} onChange={update} isOuter />
}

/** An empty filter begins with a line to fill in. */
function begun(group: FilterGroup, fields: readonly FieldInfo[]): FilterGroup {
  const [first] = fields
  return group.parts.length === 0 && first ? { ...group, parts: [newComparison(first)] } : group
}

function newComparison(field: FieldInfo): Comparison {
  const [op = 'eq'] = opsOf(field)
  return { field: field.field, op, value: field.type === 'boolean' ? true : null }
}

interface GroupProps {
  readonly group: FilterGroup
  readonly fields: readonly FieldInfo[]
  readonly onChange: (group: FilterGroup) => void
  readonly isOuter?: boolean
}

const JOINS = ['all', 'any', 'none'] as const

function GroupEditor({ group, fields, onChange, isOuter }: GroupProps) {
  const { t } = useTranslation()
  const { parts } = group
  const put = (at: number, part: Part | undefined) =>
    onChange({ ...group, parts: parts.flatMap((one, index) => (index === at ? (part ?? []) : one)) })
  const [first] = fields
  const add = (part: Part) => onChange({ ...group, parts: [...parts, part] })
  return (
    <Stack gap="xs" className={isOuter ? undefined : styles.nested}>
      <Select
        size="xs"
        w={200}
        aria-label={t('lists:filter.join.label')}
        data={JOINS.map((join) => ({ value: join, label: t(`lists:filter.join.${join}`) }))}
        value={group.join}
        onChange={(join) => join && onChange({ ...group, join: join as Join })}
        allowDeselect={false}
      />
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name than its place
        <PartEditor key={at} part={part} fields={fields} onChange={(next) => put(at, next)} />
      ))}
      <Group gap="xs">
        {first && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => add(newComparison(first))}
          >
            {t('lists:filter.add')}
          </Button>
        )}
        {isOuter && first && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => add({ join: 'any', parts: [newComparison(first)] })}
          >
            {t('lists:filter.addGroup')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

interface PartProps {
  readonly part: Part
  readonly fields: readonly FieldInfo[]
  readonly onChange: (part: Part | undefined) => void
}

function PartEditor({ part, fields, onChange }: PartProps) {
  const { t } = useTranslation()
  const remove = (
    <ActionIcon aria-label={t('lists:filter.removePart')} onClick={() => onChange(undefined)}>
      <IconX size={16} aria-hidden />
    </ActionIcon>
  )
  if (isComparison(part)) return <ComparisonEditor part={part} fields={fields} onChange={onChange} remove={remove} />
  if (isGroup(part)) {
    return (
      <Group wrap="nowrap" align="start">
        <GroupEditor
          group={part}
          fields={fields}
          onChange={(group) => onChange(group.parts.length > 0 ? group : undefined)}
        />
        {remove}
      </Group>
    )
  }
  return (
    <Group justify="space-between">
      <Text size="sm">{t('lists:filter.whole')}</Text>
      {remove}
    </Group>
  )
}

interface ComparisonProps extends PartProps {
  readonly part: Comparison
  readonly remove: ReactNode
}

function ComparisonEditor({ part, fields, onChange, remove }: ComparisonProps) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const field = fields.find((one) => one.field === part.field)
  const ops = field ? opsOf(field) : []
  const choose = (key: string | null) => {
    const next = fields.find((one) => one.field === key)
    if (next) onChange(newComparison(next))
  }
  const isUnary = part.op === 'isEmpty' || part.op === 'isNotEmpty'
  const chooseOp = (op: Op) =>
    onChange(op === 'isEmpty' || op === 'isNotEmpty' ? { field: part.field, op } : { value: null, ...part, op })
  const isDay = field?.type === 'date' || field?.type === 'dateTime'
  const opLabel = (op: Op) => (isDay && isOrder(op) ? t(`lists:filter.when.${op}`) : t(`lists:filter.op.${op}`))
  const offered = ops.includes(part.op) ? ops : [part.op, ...ops]
  return (
    <div className={styles.part}>
      <Select
        size="xs"
        searchable
        aria-label={t('lists:filter.field')}
        data={fields.map((one) => ({ value: one.field, label: nameOf(one) }))}
        value={part.field}
        onChange={choose}
        allowDeselect={false}
      />
      <Select
        size="xs"
        aria-label={t('lists:filter.op.label')}
        data={offered.map((op) => ({ value: op, label: opLabel(op) }))}
        value={part.op}
        onChange={(op) => op && chooseOp(op as Op)}
        allowDeselect={false}
      />
      <div>
        {field && !isUnary && (
          <ComparedValue
            field={field}
            op={part.op}
            value={part.value}
            onChange={(value) => onChange({ ...part, value })}
          />
        )}
      </div>
      {remove}
    </div>
  )
}
