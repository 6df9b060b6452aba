import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { openCreate } from '../../lib/create-dialog.ts'
import { isNarrowed } from '../../lib/list-question.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import type { ModuleInfo } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import type { ChangeList } from './use-list-search.ts'

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** A list without a record: nothing was found, or there is nothing at all yet. */
export function NothingHere({ module, search, change }: Props) {
  const { t } = useTranslation()
  const name = useLabel()(module.plural, module.module)
  if (search.deleted && !isNarrowed(search))
    return <EmptyState title={t('lists:binEmpty.title')} text={t('lists:binEmpty.text')} />
  if (isNarrowed(search)) {
    return (
      <EmptyState title={t('lists:nothingFound.title')} text={t('lists:nothingFound.text')}>
        <Button variant="default" onClick={() => change({ q: undefined, filter: undefined })}>
          {t('lists:clearFilters')}
        </Button>
      </EmptyState>
    )
  }
  const mayCreate = module.actions.includes('create')
  return (
    <EmptyState
      title={t('lists:nothing.title', { name })}
      text={mayCreate ? t('lists:nothing.text') : t('lists:nothing.readOnly')}
    >
      {mayCreate && <Button onClick={() => openCreate(module.module)}>{t('lists:create')}</Button>}
    </EmptyState>
  )
}
