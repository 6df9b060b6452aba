import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListSearch } from '../../lib/list-search.ts'
import type { ModuleInfo } from '../../lib/modules.ts'
import { type Layout, layoutOf, layoutsOf } from './layouts.ts'
import type { ChangeList } from './use-list-search.ts'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** List, or how else the module can be looked at. */
export function LayoutSwitch({ module, search, change }: Props) {
  const { t } = useTranslation()
  const choose = (layout: Layout) => change({ layout: layout === 'list' ? undefined : layout, group: undefined })
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('lists:layout.label')}
      value={layoutOf(module, search)}
      onChange={choose}
      data={layoutsOf(module).map((layout) => ({ value: layout, label: t(`lists:layout.${layout}`) }))}
    />
  )
}
