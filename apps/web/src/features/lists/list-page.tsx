import { Button, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { openCreate } from '../../lib/create-dialog.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import { type ModuleInfo, useModule } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { PageLoading } from '../../ui/page-loading.tsx'
import { PageMissing } from '../../ui/page-missing.tsx'
import { canMarkIn } from './bar/mass-actions.ts'
import { layoutOf, layoutsOf } from './layouts.ts'
import styles from './list.module.css'
import { ListCount } from './list-count.tsx'
import { ListTools } from './list-tools.tsx'
import { RecordTable } from './table/record-table.tsx'
import { type ChangeList, useListSearch } from './use-list-search.ts'
import { useSelection } from './use-selection.ts'

const ViewTabs = lazy(async () => ({ default: (await import('./views/view-tabs.tsx')).ViewTabs }))
const SelectionBar = lazy(async () => ({ default: (await import('./bar/selection-bar.tsx')).SelectionBar }))

/** The records of a module, laid out as its address says. */
export function ListPage() {
  const { module, search, change } = useListSearch()
  const info = useModule(module)
  return info ? <List key={module} module={info} search={search} change={change} /> : <PageMissing />
}

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

function List({ module, search, change }: Props) {
  const selection = useSelection(
    JSON.stringify([module.module, search.q, search.filter, search.deleted, search.layout]),
  )
  const layout = layoutOf(module, search)
  const Layout = layout === 'list' && search.group ? GroupedTable : LAYOUTS[layout]
  const canMark = layout === 'list' && canMarkIn(module, search)
  return (
    <section className={styles.page}>
      <ListHead module={module} search={search} change={change} />
      <Suspense>
        <ViewTabs module={module} search={search} />
      </Suspense>
      <ListTools module={module} search={search} change={change} />
      {search.filter !== undefined && (
        <Suspense>
          <FilterChips module={module} search={search} change={change} />
        </Suspense>
      )}
      <Suspense fallback={<PageLoading />}>
        <Layout module={module} search={search} change={change} selection={selection} canMark={canMark} />
      </Suspense>
      {(selection.ids.size > 0 || selection.isAll) && (
        <Suspense>
          <SelectionBar module={module} search={search} selection={selection} />
        </Suspense>
      )}
    </section>
  )
}

const LAYOUTS = {
  list: RecordTable,
  board: lazy(async () => ({ default: (await import('./board/board.tsx')).Board })),
  calendar: lazy(async () => ({ default: (await import('./calendar/calendar.tsx')).Calendar })),
  queue: lazy(async () => ({ default: (await import('./queue/queue.tsx')).Queue })),
} as const
const GroupedTable = lazy(async () => ({ default: (await import('./groups/grouped-table.tsx')).GroupedTable }))
const LayoutSwitch = lazy(async () => ({ default: (await import('./layout-switch.tsx')).LayoutSwitch }))
const FilterChips = lazy(async () => ({ default: (await import('./filter/filter-chips.tsx')).FilterChips }))

function ListHead({ module, search, change }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const offered = layoutsOf(module)
  return (
    <header className={styles.head}>
      <Title order={1}>{label(module.plural, module.module)}</Title>
      <ListCount module={module} search={search} />
      <span className={styles.spacer} />
      {offered.length > 1 && !search.deleted && (
        <Suspense>
          <LayoutSwitch module={module} search={search} change={change} />
        </Suspense>
      )}
      {module.actions.includes('create') && !search.deleted && (
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => openCreate(module.module)}>
          {t('lists:create')}
        </Button>
      )}
    </header>
  )
}
