import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import type { ChangeList } from '../use-list-search.ts'
import styles from './calendar.module.css'
import { type Span, step } from './days.ts'

const SPANS = ['day', 'week', 'month'] as const

interface Props {
  readonly day: string
  readonly span: Span
  readonly change: ChangeList
  readonly zones: readonly string[]
  readonly timeZone: string
  readonly onTimeZone: (zone: string) => void
}

/** Where in time one is, and how one goes elsewhere. */
export function CalendarBar({ day, span, change, zones, timeZone, onTimeZone }: Props) {
  const { t } = useTranslation()
  const { locale } = useFormats()
  return (
    <Group px="md" pb="xs" gap="xs">
      <Button size="compact-md" variant="default" onClick={() => change({ day: undefined })}>
        {t('lists:calendar.today')}
      </Button>
      <ActionIcon aria-label={t('lists:calendar.before')} onClick={() => change({ day: step(day, span, -1) })}>
        <IconChevronLeft size={18} className="bw-mirrored" aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={t('lists:calendar.after')} onClick={() => change({ day: step(day, span, 1) })}>
        <IconChevronRight size={18} className="bw-mirrored" aria-hidden />
      </ActionIcon>
      <Text component="h2" fw={600} aria-live="polite">
        {spanTitle(locale, day, span)}
      </Text>
      <span className={styles.spacer} />
      {zones.length > 1 && (
        <Select
          size="xs"
          w={180}
          aria-label={t('lists:calendar.timeZone')}
          data={[...zones]}
          value={timeZone}
          onChange={(zone) => zone && onTimeZone(zone)}
          allowDeselect={false}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('lists:calendar.span')}
        value={span}
        onChange={(next) => change({ span: next })}
        data={SPANS.map((one) => ({ value: one, label: t(`lists:calendar.spans.${one}`) }))}
      />
    </Group>
  )
}

function spanTitle(locale: string, day: string, span: Span): string {
  const style = span === 'day' ? ({ dateStyle: 'full' } as const) : ({ month: 'long', year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}
