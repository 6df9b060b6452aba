import { Button, CloseButton, Text } from '@mantine/core'
import { IconArrowBackUp, IconArrowsExchange, IconDownload, IconEdit, IconShare, IconTrash } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { columnsOf } from '../../../lib/default-columns.ts'
import { type Exporting, openExport } from '../../../lib/export-dialog.ts'
import { useFormats } from '../../../lib/format.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { useCount } from '../table/use-rows.ts'
import type { Selection } from '../use-selection.ts'
import { type MassAction, massActionsOf } from './mass-actions.ts'
import { type Selected, selectedOf } from './selected.ts'
import styles from './selection-bar.module.css'
import { useMass } from './use-mass.tsx'
import { useRestore } from './use-restore.ts'

const DIALOGS = {
  edit: lazy(async () => ({ default: (await import('./edit-dialog.tsx')).EditDialog })),
  transfer: lazy(async () => ({ default: (await import('./transfer-dialog.tsx')).TransferDialog })),
  share: lazy(async () => ({ default: (await import('./share-dialog.tsx')).ShareDialog })),
} as const

const ICONS: Readonly<Record<MassAction, typeof IconEdit>> = {
  edit: IconEdit,
  transfer: IconArrowsExchange,
  share: IconShare,
  export: IconDownload,
  delete: IconTrash,
  restore: IconArrowBackUp,
}

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly selection: Selection
}

/** What can be done with the marked records: only what may be. */
export function SelectionBar({ module, search, selection }: Props) {
  const { t } = useTranslation()
  const [dialog, setDialog] = useState<keyof typeof DIALOGS>()
  const mass = useMass(module.module)
  const restore = useRestore(module)
  const selected = selectedOf(selection, search)
  const run = (action: MassAction) => {
    if (action === 'delete') void mass(selected, { delete: true }).then(selection.clear)
    else if (action === 'restore') void restore([...selection.ids]).then(selection.clear)
    else if (action === 'export') openExport(exportOf(module, search, selected))
    else setDialog(action)
  }
  const Dialog = dialog && DIALOGS[dialog]
  return (
    <div role="toolbar" aria-label={t('lists:bar.label')} className={`${styles.bar} bw-no-print`}>
      <SelectedCount module={module} search={search} selection={selection} />
      {[...massActionsOf(module, search)].map((action) => {
        const Icon = ICONS[action]
        return (
          <Button
            key={action}
            size="compact-md"
            variant="subtle"
            color="gray"
            leftSection={<Icon size={16} stroke={1.6} aria-hidden />}
            onClick={() => run(action)}
          >
            {t(`lists:bar.${action}`)}
          </Button>
        )
      })}
      <CloseButton aria-label={t('lists:bar.clear')} onClick={selection.clear} />
      {Dialog && (
        <Suspense>
          <Dialog module={module} search={search} selected={selected} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </div>
  )
}

/** How many are marked; and the offer to mark all that the list finds, where a filter can name them. */
function SelectedCount({ module, search, selection }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const count = useCount(module, search)
  if (selection.isAll) return <Text fw={500}>{t('lists:bar.all')}</Text>
  const isMore = count !== undefined && count.value > selection.ids.size
  const canNameAll = !search.q && !search.deleted && module.actions.includes('mass')
  return (
    <>
      <Text fw={500}>
        {t('lists:bar.count', { count: selection.ids.size, number: formats.number(selection.ids.size) })}
      </Text>
      {isMore && canNameAll && (
        <Button size="compact-md" variant="transparent" onClick={selection.markAll}>
          {t('lists:bar.markAll', { number: formats.number(count.value) })}
        </Button>
      )}
    </>
  )
}

/** The marked records, in the order and with the columns of the list. */
function exportOf(module: ModuleInfo, { sort, columns }: ListSearch, selected: Selected): Exporting {
  const fields = columnsOf(module, columns).map(({ field }) => field)
  return { module: module.module, ...selected, ...(sort && { sort }), fields }
}
