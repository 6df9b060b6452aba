import {
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  type Modifier,
  pointerWithin,
  rectIntersection,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type CSSProperties, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { nameOf } from '../../../lib/titles.ts'
import { useAnnouncements } from '../board/use-announcements.ts'
import { SettledPointerSensor } from '../settled-pointer-sensor.ts'
import { AllDayCell } from './all-day-cell.tsx'
import { keyOf } from './box-key.ts'
import { DayHead } from './day-head.tsx'
import { entriesOf, movedTo } from './entries.ts'
import { HourColumn } from './hour-column.tsx'
import styles from './hour-grid.module.css'
import { ALL_DAY, ENDING, HEIGHT, minutesOf, snapDown, stepByKey } from './hour-steps.ts'
import { boxesOn, endedAt, placedAt } from './hours.ts'
import type { CalendarProps } from './month-grid.tsx'
import { useMove } from './use-move.ts'

const FIRST_SEEN = 7

/** The hours of some days, what is of the whole day above them. What is dragged goes to another hour or day, or gets another end. */
export function HourGrid(props: CalendarProps) {
  const { module, days, today, records, when, timeZone, canMove, change } = props
  const { t } = useTranslation()
  const formats = useFormats()
  const scroll = useScrolledToMorning(days)
  const title = module.fields.find((field) => field.title)?.field ?? 'id'
  const boxes = new Map(days.map((day) => [day, boxesOn(day, records, when, timeZone)]))
  const entries = entriesOf(module, records, timeZone)
  const wholeDay = new Map(days.map((day) => [day, (entries.get(day) ?? []).filter(({ at }) => at === undefined)]))
  const drop = useDrop(props, boxes, wholeDay)
  const announce = useAnnouncements(
    (id) => nameOf(records.find((record) => String(id).endsWith(record.id))?.[title]),
    (id) => formats.date(String(id).replace(ALL_DAY, '')),
  )
  const sensors = useSensors(
    useSensor(SettledPointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: stepByKey }),
  )
  const size: CSSProperties & Readonly<Record<'--bw-days' | '--bw-hour', string>> = {
    '--bw-days': String(days.length),
    '--bw-hour': `${HEIGHT}px`,
  }
  const shared = { module, title, timeZone, canMove, when }
  return (
    <DndContext
      sensors={sensors}
      modifiers={SNAPPED}
      autoScroll={NEAR_THE_EDGE}
      collisionDetection={underPointer}
      onDragEnd={drop}
      accessibility={announce}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard, too */}
      <section ref={scroll} className={styles.scroll} style={size} tabIndex={0} aria-label={t('lists:layout.calendar')}>
        <div className={styles.head}>
          <div className={`${styles.row} ${styles.days}`}>
            <span className={styles.gutter} />
            {days.map((day) => (
              <DayHead
                key={day}
                module={module}
                day={day}
                isToday={day === today}
                when={when}
                onOpen={() => change({ span: 'day', day })}
              />
            ))}
          </div>
          <div className={`${styles.row} ${styles.wholeDay}`}>
            <span className={styles.gutter}>{t('lists:calendar.allDay')}</span>
            {days.map((day) => (
              <AllDayCell key={day} {...shared} day={day} entries={wholeDay.get(day) ?? []} />
            ))}
          </div>
        </div>
        <div className={`${styles.row} ${styles.hours}`}>
          <HourNames locale={formats.locale} />
          {days.map((day) => (
            <HourColumn key={day} {...shared} day={day} isToday={day === today} boxes={boxes.get(day) ?? []} />
          ))}
        </div>
      </section>
    </DndContext>
  )
}

const SNAPPED: Modifier[] = [snapDown]
/** Only at the very edge it scrolls along: elsewhere things are put where they are held. */
const NEAR_THE_EDGE = { threshold: { x: 0.04, y: 0.06 } }

/** By pointer what is under it; by keyboard, where there is none, what is covered most. */
const underPointer: CollisionDetection = (args) =>
  args.pointerCoordinates ? pointerWithin(args) : rectIntersection(args)

type OnDays<Item> = ReadonlyMap<string, readonly Item[]>

function useDrop(
  { module, when, timeZone }: CalendarProps,
  boxes: OnDays<ReturnType<typeof boxesOn>[number]>,
  wholeDay: ReturnType<typeof entriesOf>,
) {
  const { t } = useTranslation()
  const { locale } = useFormats()
  const move = useMove(module.module)
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  })
  const say = (instant: string | undefined) => (instant === undefined ? '' : format.format(new Date(instant)))
  return ({ active, over, delta }: DragEndEvent) => {
    const id = String(active.id)
    const onto = over ? String(over.id) : undefined
    const box = [...boxes.values()].flat().find((one) => id.endsWith(keyOf(one)))
    const minutes = minutesOf(delta.y)
    if (box && id.startsWith(ENDING)) {
      const changes = endedAt(box, minutes, when, timeZone)
      void move(box.record, changes, t('lists:calendar.ends', { when: say(Object.values(changes)[0]) }))
    } else if (box && onto !== undefined) {
      const isWhole = onto.startsWith(ALL_DAY)
      const changes = placedAt(box, onto.replace(ALL_DAY, ''), isWhole ? 0 : minutes, when, timeZone)
      void move(box.record, changes, t('lists:calendar.movedTo', { when: say(Object.values(changes)[0]) }))
    }
    const entry = box ? undefined : [...wholeDay.values()].flat().find(({ record }) => record.id === id)
    const day = onto?.replace(ALL_DAY, '')
    if (entry && day !== undefined && day !== entry.day) {
      void move(entry.record, movedTo(entry, day, when), t('lists:calendar.moved'))
    }
  }
}

function HourNames({ locale }: { readonly locale: string }) {
  const format = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' })
  return (
    <div className={styles.gutter} aria-hidden>
      {Array.from({ length: 24 }, (_, hour) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its number
        <span key={hour} className={styles.hourName}>
          {hour > 0 && format.format(Date.UTC(2026, 0, 1, hour))}
        </span>
      ))}
    </div>
  )
}

/** One begins to look in the morning. */
function useScrolledToMorning(days: readonly string[]) {
  const scroll = useRef<HTMLElement>(null)
  const [first] = days
  // biome-ignore lint/correctness/useExhaustiveDependencies: other days begin in the morning, too
  useEffect(() => {
    scroll.current?.scrollTo({ top: FIRST_SEEN * HEIGHT })
  }, [first, days.length])
  return scroll
}
