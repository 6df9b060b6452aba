import { useDroppable } from '@dnd-kit/core'
import { Skeleton, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { useLabel } from '../../../lib/text.ts'
import type { useNamesIn } from '../table/use-rows.ts'
import styles from './board.module.css'
import { BoardCard } from './board-card.tsx'
import type { ColumnFigures } from './column-figures.ts'

interface Props {
  readonly module: ModuleInfo
  readonly field: FieldInfo
  readonly option: NonNullable<FieldInfo['options']>[number]
  readonly records: readonly RecordItem[]
  readonly isLoading: boolean
  readonly figures: ColumnFigures | undefined
  readonly fields: readonly FieldInfo[]
  readonly named: ReturnType<typeof useNamesIn>
  readonly canMove: (record: RecordItem) => boolean
}

/** One option of the choice: how many there are, what they are worth together, and the newest of them. */
export function BoardColumn({ module, field, option, records, isLoading, figures, fields, named, canMove }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const label = useLabel()
  const { setNodeRef, isOver } = useDroppable({ id: option.value })
  const name = label(option.name, option.value)
  const isEmpty = !isLoading && records.length === 0
  const isMore = figures !== undefined && figures.count > records.length && records.length > 0
  return (
    <section
      ref={setNodeRef}
      className={styles.column}
      data-over={isOver || undefined}
      data-empty={isEmpty || undefined}
      aria-label={name}
    >
      <header className={styles.columnHead}>
        <Text fw={600} truncate>
          <bdi>{name}</bdi>
        </Text>
        <Text c="dimmed" className="bw-figures">
          {figures ? formats.number(figures.count) : ''}
        </Text>
        {figures?.sum !== undefined && (
          <Text c="dimmed" className={`bw-figures ${styles.sum}`} title={formats.money(figures.sum)}>
            {formats.compact(figures.sum)}
          </Text>
        )}
      </header>
      <ul className={styles.cards}>
        {records.map((record) => (
          <BoardCard
            key={record.id}
            module={module.module}
            record={record}
            fields={fields.filter((one) => one !== field)}
            named={named}
            canMove={canMove(record)}
          />
        ))}
        {isLoading && [0, 1, 2].map((row) => <Skeleton key={row} component="li" h={72} radius="sm" />)}
      </ul>
      {isMore && (
        <Link
          className={styles.more}
          to="/records/$module"
          params={{ module: module.module }}
          search={{ filter: { field: field.field, op: 'in', value: [option.value] } }}
        >
          {t('lists:board.showAll', { number: formats.number(figures.count) })}
        </Link>
      )}
    </section>
  )
}
