import { useDroppable } from '@dnd-kit/core'
import { type MouseEvent, useEffect, useState } from 'react'
import { openCreate } from '../../../lib/create-dialog.ts'
import { isWritable } from '../../../lib/fields.ts'
import { useFormats } from '../../../lib/format.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import type { WhenFields } from './entries.ts'
import { HourEntry } from './hour-entry.tsx'
import styles from './hour-grid.module.css'
import { HEIGHT } from './hour-steps.ts'
import { type Box, instantAt, minuteIn } from './hours.ts'

interface Props {
  readonly module: ModuleInfo
  readonly title: string
  readonly day: string
  readonly isToday: boolean
  readonly boxes: readonly Box[]
  readonly when: WhenFields
  readonly timeZone: string
  readonly canMove: (record: RecordItem) => boolean
}

const SLOT = 30

/** The hours of a day, and what is in them. A double click on an empty one begins something new there. */
export function HourColumn({ module, day, isToday, boxes, when, timeZone, canMove, title }: Props) {
  const formats = useFormats()
  const { setNodeRef, isOver } = useDroppable({ id: day })
  const { start, end } = when
  const canMake = module.actions.includes('create') && start !== undefined && isWritable(start)
  const make = (event: MouseEvent<HTMLElement>) => {
    if (!canMake || event.target !== event.currentTarget) return
    const at = event.clientY - event.currentTarget.getBoundingClientRect().top
    const minute = Math.floor((at / HEIGHT) * (60 / SLOT)) * SLOT
    openCreate(module.module, {
      [start.field]: instantAt(day, minute, timeZone),
      ...(end && isWritable(end) && { [end.field]: instantAt(day, minute + SLOT, timeZone) }),
    })
  }
  return (
    <section
      ref={setNodeRef}
      className={styles.column}
      data-over={isOver || undefined}
      aria-label={formats.date(day)}
      onDoubleClick={make}
    >
      {isToday && <Now timeZone={timeZone} />}
      {boxes.map((box) => (
        <HourEntry
          key={box.record.id}
          module={module.module}
          title={title}
          box={box}
          timeZone={timeZone}
          canMove={canMove(box.record)}
          canEnd={end !== undefined && box.isEnd && canMove(box.record)}
        />
      ))}
    </section>
  )
}

const MINUTE = 60_000

/** A line at the present minute. */
function Now({ timeZone }: { readonly timeZone: string }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE)
    return () => clearInterval(timer)
  }, [])
  return <span className={styles.now} style={{ insetBlockStart: (minuteIn(now, timeZone) / 60) * HEIGHT }} />
}
