import { useDroppable } from '@dnd-kit/core'
import { useFormats } from '../../../lib/format.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import styles from './calendar.module.css'
import { CalendarEntry } from './calendar-day.tsx'
import type { Entry } from './entries.ts'
import { ALL_DAY } from './hour-steps.ts'

interface Props {
  readonly module: ModuleInfo
  readonly title: string
  readonly day: string
  readonly entries: readonly Entry[]
  readonly timeZone: string
  readonly canMove: (record: RecordItem) => boolean
}

/** What is of a whole day, above its hours. */
export function AllDayCell({ module, day, entries, ...rest }: Props) {
  const formats = useFormats()
  const { setNodeRef, isOver } = useDroppable({ id: `${ALL_DAY}${day}` })
  return (
    <section ref={setNodeRef} className={styles.day} data-over={isOver || undefined} aria-label={formats.date(day)}>
      <ul className={styles.entries}>
        {entries.map((entry) => (
          <CalendarEntry key={entry.record.id} module={module.module} entry={entry} {...rest} />
        ))}
      </ul>
    </section>
  )
}
