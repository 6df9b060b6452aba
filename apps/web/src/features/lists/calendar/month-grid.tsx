import { DndContext, type DragEndEvent, KeyboardSensor, useSensor, useSensors } from '@dnd-kit/core'
import { useTranslation } from 'react-i18next'
import { openCreate } from '../../../lib/create-dialog.ts'
import { useFormats } from '../../../lib/format.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { nameOf } from '../../../lib/titles.ts'
import { stepToPlace } from '../board/keyboard-steps.ts'
import { useAnnouncements } from '../board/use-announcements.ts'
import { SettledPointerSensor } from '../settled-pointer-sensor.ts'
import type { ChangeList } from '../use-list-search.ts'
import styles from './calendar.module.css'
import { CalendarDay } from './calendar-day.tsx'
import { entriesOf, movedTo, type WhenFields } from './entries.ts'
import { useMove } from './use-move.ts'

/** What is shown of a time, whatever it is laid out as. */
export interface CalendarProps {
  readonly module: ModuleInfo
  readonly change: ChangeList
  readonly days: readonly string[]
  /** The day that one is at. */
  readonly day: string
  readonly today: string
  readonly records: readonly RecordItem[]
  readonly when: WhenFields
  readonly timeZone: string
  readonly canMove: (record: RecordItem) => boolean
}

/** The days of a month; what is dragged goes to another day. */
export function MonthGrid({ module, change, days, day, today, records, when, timeZone, canMove }: CalendarProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const byDay = entriesOf(module, records, timeZone)
  const move = useMove(module.module)
  const title = module.fields.find((field) => field.title)?.field ?? 'id'
  const announce = useAnnouncements(
    (id) => nameOf(records.find((record) => record.id === id)?.[title]),
    (id) => formats.date(String(id)),
  )
  const sensors = useSensors(
    useSensor(SettledPointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: stepToPlace }),
  )
  const drop = ({ active, over }: DragEndEvent) => {
    const entry = [...byDay.values()].flat().find(({ record }) => record.id === active.id)
    if (!entry || !over || over.id === entry.day) return
    void move(entry.record, movedTo(entry, String(over.id), when), t('lists:calendar.moved'))
  }
  const makeOn = module.actions.includes('create') && when.due ? when.due.field : undefined
  return (
    <DndContext sensors={sensors} onDragEnd={drop} accessibility={announce}>
      <WeekdayNames days={days.slice(0, 7)} />
      <div className={styles.grid}>
        {days.map((one) => (
          <CalendarDay
            key={one}
            module={module.module}
            title={title}
            day={one}
            isOutside={one.slice(0, 7) !== day.slice(0, 7)}
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
