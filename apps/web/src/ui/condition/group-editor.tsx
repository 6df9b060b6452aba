import { ActionIcon, Button, Code, Group, Select, Stack } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ComparisonEditor } from './comparison-editor.tsx'
import { newComparison } from './comparisons.ts'
import styles from './condition.module.css'
import { type Group as ConditionGroup, isComparison, isGroup, JOINS, type Part } from './condition.ts'
import { useSubject } from './subject.ts'

interface Props {
  readonly group: ConditionGroup
  readonly depth: number
  readonly onChange: (group: ConditionGroup) => void
}

/** The condition may be 20 deep, and a group that excludes takes two levels of it. */
const DEEPEST = 9

/** Parts that count together, and how; more can be added, comparisons and groups. */
export function GroupEditor({ group, depth, onChange }: Props) {
  const { t } = useTranslation()
  const { fields } = useSubject()
  const { join, parts } = group
  const { frame, follow } = useFocusThatFollows(parts.length)
  const put = (at: number, part: Part | undefined) => {
    if (part === undefined) follow('add')
    onChange({ join, parts: parts.flatMap((one, index) => (index === at ? (part ?? []) : [one])) })
  }
  const add = (part: Part) => {
    follow('last')
    onChange({ join, parts: [...parts, part] })
  }
  const [first] = fields
  return (
    <fieldset className={styles.group} ref={frame} aria-label={t('condition:group')}>
      <Stack gap="xs" className={depth === 1 ? undefined : styles.nested}>
        <Select
          size="xs"
          maw={220}
          aria-label={t('condition:join.label')}
          data={JOINS.map((one) => ({ value: one, label: t(`condition:join.${one}`) }))}
          value={join}
          onChange={(next) => {
            const chosen = JOINS.find((one) => one === next)
            if (chosen && chosen !== join) onChange({ join: chosen, parts })
          }}
          allowDeselect={false}
        />
        {parts.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part has no other name than its place
          <div key={at} data-part>
            <PartEditor part={part} number={at + 1} depth={depth} onChange={(next) => put(at, next)} />
          </div>
        ))}
        {first && (
          <Group gap="xs">
            <Button
              data-add
              size="compact-sm"
              variant="subtle"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => add(newComparison(first))}
            >
              {t('condition:add')}
            </Button>
            {depth < DEEPEST && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                onClick={() => add({ join: join === 'any' ? 'all' : 'any', parts: [newComparison(first)] })}
              >
                {t('condition:addGroup')}
              </Button>
            )}
          </Group>
        )}
      </Stack>
    </fieldset>
  )
}

interface PartProps {
  readonly part: Part
  readonly number: number
  readonly depth: number
  readonly onChange: (part: Part | undefined) => void
}

/** One part of a group: a comparison, a group of its own, or what isn't known, as it stands. */
function PartEditor({ part, number, depth, onChange }: PartProps) {
  const { t } = useTranslation()
  const remove = (
    <ActionIcon aria-label={t('condition:remove')} onClick={() => onChange(undefined)}>
      <IconX size={16} aria-hidden />
    </ActionIcon>
  )
  if (isComparison(part)) return <ComparisonEditor part={part} number={number} onChange={onChange} remove={remove} />
  return (
    <Group wrap="nowrap" align="start" gap="xs">
      {isGroup(part) ? (
        <GroupEditor
          group={part}
          depth={depth + 1}
          onChange={(group) => onChange(group.parts.length > 0 ? group : undefined)}
        />
      ) : (
        <Code dir="ltr" flex={1}>
          {JSON.stringify(part.whole)}
        </Code>
      )}
      {remove}
    </Group>
  )
}

/** Whoever works by keyboard goes on with what he added, or where the part was that he took away. */
function useFocusThatFollows(parts: number) {
  const frame = useRef<HTMLFieldSetElement>(null)
  const wanted = useRef<'last' | 'add'>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows how many parts there are
  useEffect(() => {
    const last = [...(frame.current?.querySelectorAll(':scope > * > [data-part]') ?? [])].at(-1)
    if (wanted.current === 'last') last?.querySelector('input')?.focus()
    if (wanted.current === 'add') frame.current?.querySelector<HTMLElement>(':scope > * > * > [data-add]')?.focus()
    wanted.current = undefined
  }, [parts])
  const follow = (where: 'last' | 'add') => {
    wanted.current = where
  }
  return { frame, follow }
}
