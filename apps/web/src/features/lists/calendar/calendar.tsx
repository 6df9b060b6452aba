import { DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openCreate } from '../../../lib/create-dialog.ts'
import { useEditRecord } from '../../../lib/edit-record.ts'
import { isWritable } from '../../../lib/fields.ts'
import { useFormats } from '../../../lib/format.ts'
import { useMe } from '../../../lib/me.ts'
import { allows, fewQuery, type RecordItem } from '../../../lib/records.ts'
import { nameOf } from '../../../lib/titles.ts'
import { sayProblem } from '../../../ui/notify.ts'
import { PageFailed } from '../../../ui/page-failed.tsx'
import { stepToPlace } from '../board/keyboard-steps.ts'
import { useAnnouncements } from '../board/use-announcements.ts'
import type { LayoutProps } from '../table/record-table.tsx'
import { sayChanged } from '../table/use-inline-edit.tsx'
import styles from './calendar.module.css'
import { CalendarDay } from './calendar-day.tsx'
import { dayIn, daysShown, type Span, step } from './days.ts'
import { entriesOf, entriesQuestion, movedTo, whenFields } from './entries.ts'

const SPANS = ['day', 'week', 'month'] as const
const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The records on the days when they are due or begin; dragged, they go to another day. */
export function Calendar({ module, search, change }: LayoutProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { organization } = useMe()
  const [timeZone, setTimeZone] = useState(OWN_ZONE)
  const today = dayIn(Date.now(), timeZone)
  const span: Span = search.span ?? 'month'
  const day = search.day ?? today
  const days = useMemo(() => daysShown(day, span, formats.locale), [day, span, formats.locale])
  const list = useQuery({ ...fewQuery(entriesQuestion(module, search, days)), placeholderData: keepPreviousData })
  const records = (list.data?.items ?? []) as readonly RecordItem[]
  const byDay = entriesOf(module, records, timeZone)
  const when = whenFields(module)
  const moved = [when.start, when.end, when.due].filter((field) => field !== undefined)
  const canMove = (record: RecordItem) => allows(record, module.actions, 'update') && moved.every(isWritable)
  const move = useMove(module.module)
  const title = module.fields.find((field) => field.title)?.field ?? 'id'
  const announce = useAnnouncements(
    (id) => nameOf(records.find((record) => record.id === id)?.[title]),
    (id) => formats.date(String(id)),
  )
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: stepToPlace }),
  )
  const drop = ({ active, over }: DragEndEvent) => {
    const entry = [...byDay.values()].flat().find(({ record }) => record.id === active.id)
    if (entry && over && over.id !== entry.day) void move(entry.record, movedTo(entry, String(over.id), when))
  }
  if (list.isError) return <PageFailed error={list.error} />
  const zones = [...new Set([OWN_ZONE, organization.timeZone])]
  const makeOn = module.actions.includes('create') && when.due ? when.due.field : undefined
  return (
    <div className={styles.calendar}>
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
          {spanTitle(formats.locale, day, span)}
        </Text>
        <span className={styles.spacer} />
        {zones.length > 1 && (
          <Select
            size="xs"
            w={180}
            aria-label={t('lists:calendar.timeZone')}
            data={zones}
            value={timeZone}
            onChange={(zone) => zone && setTimeZone(zone)}
            allowDeselect={false}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t('lists:calendar.span')}
          value={span}
          onChange={(next) => change({ span: next as Span })}
          data={SPANS.map((one) => ({ value: one, label: t(`lists:calendar.spans.${one}`) }))}
        />
      </Group>
      <DndContext sensors={sensors} onDragEnd={drop} accessibility={announce}>
        {span === 'month' && <WeekdayNames days={days.slice(0, 7)} />}
        <div className={styles.grid} data-span={span}>
          {days.map((one) => (
            <CalendarDay
              key={one}
              module={module.module}
              title={title}
              day={one}
              span={span}
              isOutside={span === 'month' && one.slice(0, 7) !== day.slice(0, 7)}
              isToday={one === today}
              entries={byDay.get(one) ?? []}
              timeZone={timeZone}
              canMove={canMove}
              onOpenDay={() => change({ span: 'day', day: one })}
              onCreate={makeOn ? () => openCreate(module.module, { [makeOn]: one }) : undefined}
            />
          ))}
        </div>
      </DndContext>
    </div>
  )
}

function WeekdayNames({ days }: { readonly days: readonly string[] }) {
  const { locale } = useFormats()
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return (
    <div className={styles.weekdays}>
      {days.map((day) => (
        <span key={day}>{format.format(new Date(`${day}T00:00:00Z`))}</span>
      ))}
    </div>
  )
}

function spanTitle(locale: string, day: string, span: Span): string {
  const style = span === 'day' ? ({ dateStyle: 'full' } as const) : ({ month: 'long', year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

/** Moves at once, and back with the reason where it is refused. */
function useMove(module: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const edit = useEditRecord(module)
  return async (record: RecordItem, changes: Record<string, string>) => {
    const before = Object.fromEntries(Object.keys(changes).map((field) => [field, record[field] ?? null]))
    try {
      const { after } = await edit(record, changes)
      const undo = after && (() => void edit(after, before).catch((error: unknown) => sayProblem(t, error)))
      sayChanged(t('lists:calendar.moved'), undo, t('lists:undo'))
      void queries.invalidateQueries({ queryKey: ['records', module, 'few'] })
    } catch (error) {
      sayProblem(t, error)
    }
  }
}
