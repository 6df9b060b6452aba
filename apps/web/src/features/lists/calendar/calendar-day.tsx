import { useDroppable } from '@dnd-kit/core'
import { ActionIcon, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { nameOf } from '../../../lib/titles.ts'
import { useMovable } from '../use-movable.ts'
import styles from './calendar.module.css'
import type { Entry } from './entries.ts'

interface Props {
  readonly module: string
  readonly title: string
  readonly day: string
  readonly isOutside: boolean
  readonly isToday: boolean
  readonly entries: readonly Entry[]
  readonly timeZone: string
  readonly canMove: (record: RecordItem) => boolean
  readonly onOpenDay: () => void
  /** Absent where nothing may be made. */
  readonly onCreate: (() => void) | undefined
}

/** What a day of a month has room for. */
const ROOM = 3

/** One day, and what is on it. */
export function CalendarDay(props: Props) {
  const { day, isOutside, isToday, entries, onOpenDay, onCreate } = props
  const { t } = useTranslation()
  const formats = useFormats()
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const shown = entries.slice(0, ROOM)
  const date = formats.date(day)
  return (
    <section
      ref={setNodeRef}
      className={styles.day}
      aria-label={date}
      data-over={isOver || undefined}
      data-outside={isOutside || undefined}
      data-today={isToday || undefined}
    >
      <header className={styles.dayHead}>
        <UnstyledButton
          className={styles.dayName}
          aria-label={date}
          aria-current={isToday ? 'date' : undefined}
          onClick={onOpenDay}
        >
          {dayNumber(formats.locale, day)}
        </UnstyledButton>
        {onCreate && (
          <ActionIcon
            size="xs"
            className={styles.add}
            aria-label={t('lists:calendar.createOn', { date })}
            onClick={onCreate}
          >
            <IconPlus size={14} aria-hidden />
          </ActionIcon>
        )}
      </header>
      <ul className={styles.entries}>
        {shown.map((entry) => (
          <CalendarEntry key={entry.record.id} {...props} entry={entry} />
        ))}
      </ul>
      {shown.length < entries.length && (
        <UnstyledButton className={styles.more} onClick={onOpenDay}>
          {t('lists:calendar.more', { count: entries.length - shown.length })}
        </UnstyledButton>
      )}
    </section>
  )
}

function dayNumber(locale: string, day: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

interface EntryProps extends Pick<Props, 'module' | 'title' | 'timeZone' | 'canMove'> {
  readonly entry: Entry
}

/** A record on its day, with its time where it has one. */
export function CalendarEntry({ module, title, entry, timeZone, canMove }: EntryProps) {
  const { locale } = useFormats()
  const { record, at } = entry
  const movable = canMove(record)
  const { ref, handle, transform, isDragging } = useMovable(record.id, movable)
  return (
    <li
      ref={ref}
      {...handle}
      className={styles.entry}
      data-movable={movable || undefined}
      data-dragging={isDragging || undefined}
      data-done={record.status === 'Completed' || record.status === 'Cancelled' || undefined}
      style={transform ? { transform: `translate(${transform.x}px, ${transform.y}px)` } : undefined}
    >
      {at && (
        <span className={`${styles.time} bw-figures`}>
          {new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }).format(new Date(at))}
        </span>
      )}
      <Link className={styles.entryName} to="/records/$module/$id" params={{ module, id: record.id }}>
        <bdi>{nameOf(record[title])}</bdi>
      </Link>
    </li>
  )
}
