import { ActionIcon, Popover, Skeleton, Text } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import type { FieldInfo } from '../../../lib/modules.ts'
import { problemText } from '../../../ui/problem-text.ts'
import { usePrincipals } from '../people.ts'
import { useRecord } from '../record-context.tsx'
import { type Explanation, whyNotQuery } from '../record-queries.ts'
import styles from './fields.module.css'

interface Props {
  readonly field: FieldInfo
  readonly name: string
}

/** Why a field can't be changed, and whom to ask; asked for only when somebody wants to know. */
export function LockedReason({ field, name }: Props) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-end" withArrow>
      <Popover.Target>
        <ActionIcon
          className={styles.tool}
          size="sm"
          aria-label={t('record:locked.why', { field: name })}
          onFocus={() => setOpened(true)}
          onBlur={() => setOpened(false)}
          onClick={() => setOpened(true)}
        >
          <IconLock size={14} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown role="status">{opened && <Reason field={field.field} />}</Popover.Dropdown>
    </Popover>
  )
}

function Reason({ field }: { readonly field: string }) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const why = useQuery(whyNotQuery(info.module, record.id, field))
  if (why.isPending) return <Skeleton h={16} aria-label={t('common:loading')} />
  if (why.isError) return <Text size="sm">{problemText(t, why.error)}</Text>
  return <Told why={why.data} />
}

function Told({ why }: { readonly why: Explanation }) {
  const { t } = useTranslation()
  const { list } = useFormats()
  const nameOf = usePrincipals(why.ask ?? [])
  const cap = why.caps.find(({ kind, level }) => kind === 'restriction' && isBelow(level, why.needed))
  return (
    <>
      <Text size="sm">
        {why.missing.some(({ kind }) => kind === 'level') && cap
          ? cap.by === undefined
            ? t('record:locked.someRestriction')
            : t('record:locked.restriction', { rule: cap.by })
          : t(`record:locked.${kindOf(why)}`)}
      </Text>
      {why.ask && why.ask.length > 0 && (
        <Text size="sm" c="dimmed" mt={4}>
          {t('record:locked.ask', { people: list(why.ask.map(nameOf)) })}
        </Text>
      )}
    </>
  )
}

const LEVELS = ['none', 'read', 'edit', 'full']

function isBelow(level: string, needed: string | undefined): boolean {
  return LEVELS.indexOf(level) < LEVELS.indexOf(needed ?? 'full')
}

function kindOf({ missing, field }: Explanation): 'level' | 'action' | 'field' | 'other' {
  if (missing.some(({ kind }) => kind === 'level')) return 'level'
  if (missing.some(({ kind }) => kind === 'action')) return 'action'
  return field && !field.allowed ? 'field' : 'other'
}
