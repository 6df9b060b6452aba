import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { lazy, type MouseEvent, type RefObject, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { columnsOf } from '../../../lib/default-columns.ts'
import { questionOf } from '../../../lib/list-question.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { useLabel } from '../../../lib/text.ts'
import { PageFailed } from '../../../ui/page-failed.tsx'
import { useHealthyRows, useShowsHealth, useWithHealth } from '../health/use-health.ts'
import type { ChangeList } from '../use-list-search.ts'
import type { Selection } from '../use-selection.ts'
import { CardRow } from './card-row.tsx'
import { tracksOf } from './column-widths.ts'
import { SkeletonRows } from './skeleton-rows.tsx'
import styles from './table.module.css'
import { TableHeader } from './table-header.tsx'
import { type RowActions, TableRow } from './table-row.tsx'
import { useGridKeys } from './use-grid-keys.ts'
import { useInlineEdit } from './use-inline-edit.tsx'
import { useRows } from './use-rows.ts'

export interface LayoutProps {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
  readonly selection: Selection
  /** Whether anything can be done with marked records. */
  readonly canMark: boolean
}

const NothingHere = lazy(async () => ({ default: (await import('../nothing-here.tsx')).NothingHere }))
const CARD = 64
/** As many rows before the end the next page is fetched. */
const AHEAD = 40

/** The records of a module in lines, however many: what is out of sight isn't drawn, what is far away isn't fetched. */
export function RecordTable({ module, search, change, selection, canMark }: LayoutProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const navigate = useNavigate()
  const scroll = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const fields = useMemo(() => columnsOf(module, search.columns), [module, search.columns])
  const isHealthShown = useShowsHealth(module, search)
  const columns = useWithHealth(fields, isHealthShown)
  const question = useMemo(() => questionOf(module, search), [module, search])
  const { list, pages, rows: found, names, titles } = useRows(question, fields)
  const rows = useHealthyRows(pages, found, isHealthShown)
  const height = isNarrow ? CARD : rowHeight()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
    scrollPaddingStart: isNarrow ? 0 : 36,
  })
  const items = virtual.getVirtualItems()
  const lastSeen = items.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastSeen >= rows.length - AHEAD) void fetchNextPage()
  }, [lastSeen, rows.length, hasNextPage, isFetchingNextPage, fetchNextPage])

  const { editing, canEdit, edit, stop, save } = useInlineEdit(module)
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const open = (record: RecordItem) =>
    void navigate({ to: '/records/$module/$id', params: { module: module.module, id: record.id } })
  const toggle = (record: RecordItem, isRange: boolean) => selection.toggle(record.id, isRange ? ids : undefined)
  const { place, onKeyDown } = useGridKeys({
    rows,
    columns: isNarrow ? columns.slice(0, 1) : columns,
    perPage: Math.max(1, Math.floor((virtual.scrollRect?.height ?? 400) / height) - 1),
    show: (index) => virtual.scrollToIndex(index),
    open,
    toggle: canMark ? toggle : undefined,
    edit,
    clear: selection.clear,
  })
  const focusGrid = () => grid.current?.focus({ preventScroll: true })
  const mayEdit = (record: RecordItem, field: FieldInfo) => !isNarrow && !search.deleted && canEdit(record, field)
  const latest = useRef<Latest>(undefined)
  latest.current = { open, toggle, canEdit: mayEdit, edit, save, stop, focusGrid }
  const actions = useMemo(() => rowActions(latest), [])

  if (list.isError && rows.length === 0) return <PageFailed error={list.error} />
  const { tracks, least } = tracksOf(columns, canMark)
  const isEmpty = list.isSuccess && rows.length === 0 && !list.isPlaceholderData
  if (isEmpty) return <NothingHere module={module} search={search} change={change} />
  const current = rows[place.row]
  const Row = isNarrow ? CardRow : TableRow
  return (
    <div ref={scroll} className={styles.scroll}>
      <table
        ref={grid}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is walked by keyboard is a grid (WAI-ARIA)
        role="grid"
        tabIndex={0}
        className={styles.grid}
        style={{ minInlineSize: isNarrow ? 0 : least }}
        aria-label={label(module.plural, module.module)}
        aria-rowcount={hasNextPage ? -1 : rows.length + 1}
        aria-multiselectable={canMark}
        aria-activedescendant={current && `row-${current.id}`}
        aria-busy={list.isPending}
        onKeyDown={onKeyDown}
      >
        {!isNarrow && (
          <thead className={styles.head}>
            <TableHeader
              columns={columns}
              tracks={tracks}
              sort={search.sort}
              onSort={(sort) => change({ sort })}
              marked={canMark ? markedOf(selection, ids) : undefined}
              onMarkAll={() => (markedOf(selection, ids) === 'all' ? selection.clear() : selection.mark(ids))}
            />
          </thead>
        )}
        <tbody className={styles.body} style={{ blockSize: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const record = rows[index]
            if (!record) return null
            const isCurrent = index === place.row
            return (
              <Row
                key={record.id}
                module={module.module}
                record={record}
                index={index}
                columns={columns}
                tracks={tracks}
                names={names}
                titles={titles}
                offset={start}
                height={height}
                isCurrent={isCurrent}
                currentField={isCurrent ? columns[place.column]?.field : undefined}
                editing={editing?.id === record.id ? editing.field : undefined}
                isMarked={canMark ? selection.has(record.id) : undefined}
                actions={actions}
              />
            )
          })}
        </tbody>
      </table>
      {(list.isPending || isFetchingNextPage) && (
        <SkeletonRows tracks={tracks} columns={columns.length + (canMark ? 1 : 0)} height={height} isCards={isNarrow} />
      )}
      {list.isError && <PageFailed error={list.error} />}
      <span className="bw-unseen" role="status">
        {list.isPending ? t('common:loading') : ''}
      </span>
    </div>
  )
}

interface Latest extends Omit<RowActions, 'open' | 'stopEditing'> {
  open(record: RecordItem): void
  stop(): void
  focusGrid(): void
}

/** How long a click on a cell that can be written in waits for a second one, in ms. */
const SECOND_CLICK = 220

/** The rows get the same actions ever: only what changed is drawn anew. */
function rowActions(latest: RefObject<Latest | undefined>): RowActions {
  let opening: ReturnType<typeof setTimeout> | undefined
  return {
    open: (record, event) => {
      clearTimeout(opening)
      if (!isOnRow(event)) return
      const isEditable = event.target instanceof Element && event.target.closest('[data-editable]') !== null
      if (isEditable) opening = setTimeout(() => latest.current?.open(record), SECOND_CLICK)
      else latest.current?.open(record)
    },
    toggle: (record, isRange) => latest.current?.toggle(record, isRange),
    canEdit: (record, field) => latest.current?.canEdit(record, field) ?? false,
    edit: (record, field) => latest.current?.edit(record, field),
    save: (record, field, value) => {
      latest.current?.stop()
      latest.current?.focusGrid()
      latest.current?.save(record, field, value)
    },
    stopEditing: () => {
      latest.current?.stop()
      latest.current?.focusGrid()
    },
  }
}

/** A link, a box or a field in the row has a meaning of its own; so has text that is being marked, and the second of two clicks. */
function isOnRow(event: MouseEvent): boolean {
  const onOwn =
    event.target instanceof Element && event.target.closest('a, button, input, textarea, [data-editing]') !== null
  return !onOwn && event.detail < 2 && !event.defaultPrevented && (getSelection()?.isCollapsed ?? true)
}

function rowHeight(): number {
  return document.documentElement.dataset.density === 'compact' ? 32 : 40
}

function markedOf(selection: Selection, ids: readonly string[]): 'all' | 'some' | 'none' {
  if (selection.isAll || (ids.length > 0 && ids.every((id) => selection.ids.has(id)))) return 'all'
  return selection.ids.size > 0 ? 'some' : 'none'
}
