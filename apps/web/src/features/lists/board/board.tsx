import { DndContext, type DragEndEvent, KeyboardSensor, useSensor, useSensors } from '@dnd-kit/core'
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { figuresQuery } from '../../../lib/figures.ts'
import { type FieldInfo, type ModuleInfo, titleField } from '../../../lib/modules.ts'
import { fewQuery, type RecordItem } from '../../../lib/records.ts'
import { useLabel } from '../../../lib/text.ts'
import { nameOf } from '../../../lib/titles.ts'
import { PageFailed } from '../../../ui/page-failed.tsx'
import { NothingHere } from '../nothing-here.tsx'
import { SettledPointerSensor } from '../settled-pointer-sensor.ts'
import type { LayoutProps } from '../table/record-table.tsx'
import { useInlineEdit } from '../table/use-inline-edit.tsx'
import { useNamesIn } from '../table/use-rows.ts'
import styles from './board.module.css'
import { cardId } from './board-card.tsx'
import { BoardColumn } from './board-column.tsx'
import { cardFields, columnField, columnQuestion, moneyField } from './board-question.ts'
import type { ColumnFigures } from './column-figures.ts'
import { stepToPlace } from './keyboard-steps.ts'
import { LossDialog } from './loss-dialog.tsx'
import { useAnnouncements } from './use-announcements.ts'

/** The records in columns by a choice of theirs: dragged, they change it. */
export function Board(props: LayoutProps) {
  const field = columnField(props.module, props.search)
  return field ? <Columns {...props} field={field} /> : <NothingHere {...props} />
}

const LOST = 'Lost'
/** In ms: by then the drag has ended and given the focus back. */
const AFTER_DRAWING = 120

function Columns({ module, search, field }: LayoutProps & { readonly field: FieldInfo }) {
  const { t } = useTranslation()
  const label = useLabel()
  const titleKey = titleField(module)?.field ?? 'id'
  const options = field.options ?? []
  const columns = useQueries({
    queries: options.map(({ value }) => fewQuery(columnQuestion(module, search, field, value))),
  })
  const records = useMemo(() => byId(columns.flatMap(({ data }) => (data?.items ?? []) as RecordItem[])), [columns])
  const shown = cardFields(module, field)
  const named = useNamesIn([records], shown)
  const figures = useColumnFigures(module, search, field)
  const { canEdit, save } = useInlineEdit(module)
  const queries = useQueryClient()
  const [losing, setLosing] = useState<RecordItem>()
  const sensors = useSensors(
    useSensor(SettledPointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: stepToPlace }),
  )
  const lossReason = module.fields.find((one) => one.field === 'lossReason' && one.access === 'edit')
  const move = async (record: RecordItem, option: string, also = {}) => {
    const saved = save(record, field, option, also)
    // The card is drawn anew in its new column: whoever moved it by keyboard goes with it.
    setTimeout(() => document.getElementById(cardId(record.id))?.focus(), AFTER_DRAWING)
    await saved
    void queries.invalidateQueries({ queryKey: ['records', module.module, 'few'] })
  }
  const drop = ({ active, over }: DragEndEvent) => {
    const record = records.find(({ id }) => id === active.id)
    if (!record || !over || record[field.field] === over.id) return
    if (over.id === LOST && lossReason) setLosing(record)
    else void move(record, String(over.id))
  }
  const titleOf = (id: string | number) => nameOf(records.find((one) => one.id === id)?.[titleKey])
  const labelOf = (id: string | number) => label(options.find(({ value }) => value === id)?.name, String(id))
  const announce = useAnnouncements(titleOf, labelOf)
  const failed = columns.find(({ isError }) => isError)
  if (failed) return <PageFailed error={failed.error} />
  return (
    <DndContext sensors={sensors} onDragEnd={drop} accessibility={announce}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the board scrolls sideways, by keyboard too */}
      <section className={styles.board} aria-label={t('lists:board.label')} tabIndex={0}>
        {options.map((option, at) => (
          <BoardColumn
            key={option.value}
            module={module}
            field={field}
            option={option}
            records={records.filter((record) => record[field.field] === option.value)}
            isLoading={columns[at]?.isPending ?? false}
            figures={figures.get(option.value)}
            fields={shown}
            named={named}
            canMove={(record) => canEdit(record, field)}
          />
        ))}
      </section>
      {losing && lossReason && (
        <LossDialog
          field={lossReason}
          onClose={() => setLosing(undefined)}
          onSend={(reason) => {
            setLosing(undefined)
            void move(losing, LOST, { [lossReason.field]: reason })
          }}
        />
      )}
    </DndContext>
  )
}

function byId(records: readonly RecordItem[]): RecordItem[] {
  return [...new Map(records.map((record) => [record.id, record])).values()]
}

function useColumnFigures(
  module: ModuleInfo,
  { filter, q }: LayoutProps['search'],
  field: FieldInfo,
): ReadonlyMap<string, ColumnFigures> {
  const money = moneyField(module)
  const measures = money ? [{ op: 'sum' as const, field: money.field }] : [{ op: 'count' as const }]
  const question = { groupBy: [field.field], measures, ...(filter !== undefined && { filter }) }
  // Words that are searched for can't narrow figures down.
  const { data } = useQuery({ ...figuresQuery(module.module, question), enabled: q === undefined })
  return new Map(
    (data?.groups ?? []).flatMap(({ by, count, measures: [sum] }) =>
      by ? [[String(by[0]), { count, sum: money && sum !== null ? Number(sum) : undefined }] as const] : [],
    ),
  )
}
