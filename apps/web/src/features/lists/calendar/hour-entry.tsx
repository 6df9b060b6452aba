import { useDraggable } from '@dnd-kit/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { nameOf } from '../../../lib/titles.ts'
import { useMovable } from '../use-movable.ts'
import { keyOf } from './box-key.ts'
import styles from './hour-grid.module.css'
import { ENDING, HEIGHT, minutesOf } from './hour-steps.ts'
import { type Box, STEP, snapped } from './hours.ts'

interface Props {
  readonly module: string
  readonly title: string
  readonly box: Box
  readonly timeZone: string
  readonly canMove: boolean
  readonly canEnd: boolean
}

/** A record in its hours: dragged as a whole it goes elsewhere, by its lower edge it gets another end. */
export function HourEntry({ module, title, box, canMove, canEnd }: Props) {
  const { t } = useTranslation()
  const { record, column, columns } = box
  const drag = useMovable(keyOf(box), canMove)
  const edge = useDraggable({ id: `${ENDING}${keyOf(box)}`, disabled: !canEnd })
  const later = drag.transform ? minutesOf(drag.transform.y) : 0
  const longer = edge.transform ? minutesOf(edge.transform.y) : 0
  const from = later === 0 ? box.from : snapped(box.from + later)
  const to = longer === 0 ? box.to + later : Math.max(box.from + STEP, snapped(box.to + longer))
  const name = nameOf(record[title])
  const shift = drag.transform && `translate(${drag.transform.x}px, ${drag.transform.y}px)`
  return (
    <article
      ref={drag.ref}
      {...drag.handle}
      className={styles.entry}
      data-movable={canMove || undefined}
      data-dragging={drag.isDragging || edge.isDragging || undefined}
      data-done={record.status === 'Completed' || record.status === 'Cancelled' || undefined}
      style={{
        insetBlockStart: (box.from / 60) * HEIGHT,
        blockSize: ((to - (later === 0 ? box.from : from)) / 60) * HEIGHT - 2,
        insetInlineStart: `${(column / columns) * 100}%`,
        inlineSize: `calc(${100 / columns}% - 2px)`,
        transform: shift ?? undefined,
      }}
    >
      <Link className={styles.name} draggable={false} to="/records/$module/$id" params={{ module, id: record.id }}>
        <bdi>{name}</bdi>
      </Link>
      <Times from={from} to={to} isLive={drag.isDragging || edge.isDragging} />
      {canEnd && (
        <button
          ref={edge.setNodeRef}
          type="button"
          {...edge.listeners}
          {...edge.attributes}
          className={styles.edge}
          aria-label={t('lists:calendar.changeEnd', { name })}
        />
      )}
    </article>
  )
}

interface TimesProps {
  readonly from: number
  readonly to: number
  readonly isLive: boolean
}

/** From when to when; heard as it changes. */
function Times({ from, to, isLive }: TimesProps) {
  const { locale } = useFormats()
  const format = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' })
  const at = (minute: number) => Date.UTC(2026, 0, 1, 0, minute)
  return (
    <span className={`${styles.times} bw-figures`} aria-live={isLive ? 'assertive' : undefined}>
      {format.formatRange(at(from), at(to))}
    </span>
  )
}
