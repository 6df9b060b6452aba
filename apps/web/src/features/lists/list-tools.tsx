import { ActionIcon, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconBookmark, IconColumns, IconFilter, IconSearch, IconTrash } from '@tabler/icons-react'
import { lazy, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListSearch } from '../../lib/list-search.ts'
import type { ModuleInfo } from '../../lib/modules.ts'
import { whenQuiet } from '../../lib/when-idle.ts'
import { GroupSelect } from './groups/group-select.tsx'
import { layoutOf } from './layouts.ts'
import styles from './list.module.css'
import { fetchPanel, PanelButton } from './panel-button.tsx'
import type { ChangeList } from './use-list-search.ts'

const fetchFilter = async () => ({ default: (await import('./filter/filter-builder.tsx')).FilterBuilder })
const FilterBuilder = lazy(fetchFilter)
const SaveView = lazy(async () => ({ default: (await import('./views/save-view.tsx')).SaveView }))
const ColumnsPanel = lazy(async () => ({ default: (await import('./columns-panel.tsx')).ColumnsPanel }))

interface Props {
  readonly module: ModuleInfo
  readonly search: ListSearch
  readonly change: ChangeList
}

/** What most people open sooner or later is there when they do. */
function prepare(): () => void {
  return whenQuiet(() => void Promise.all([fetchPanel(), fetchFilter()]).catch(() => {}))
}

/** What narrows the list down, and what it shows. */
export function ListTools({ module, search, change }: Props) {
  const { t } = useTranslation()
  const layout = layoutOf(module, search)
  useEffect(prepare, [])
  return (
    <search className={styles.tools} data-tour="list">
      <SearchBox q={search.q} change={change} />
      <PanelButton
        label={t('lists:filter.button')}
        width={560}
        icon={<IconFilter size={16} stroke={1.6} aria-hidden />}
      >
        <FilterBuilder module={module} search={search} change={change} />
      </PanelButton>
      {layout === 'list' && !search.deleted && <GroupSelect module={module} search={search} change={change} />}
      <span className={styles.spacer} />
      <PanelButton label={t('lists:views.save')} width={300} icon={<IconBookmark size={16} stroke={1.6} aria-hidden />}>
        <SaveView module={module} search={search} />
      </PanelButton>
      {layout === 'list' && (
        <PanelButton
          label={t('lists:columns.title')}
          width={280}
          icon={<IconColumns size={16} stroke={1.6} aria-hidden />}
        >
          <ColumnsPanel module={module} search={search} change={change} />
        </PanelButton>
      )}
      <BinButton module={module} search={search} change={change} />
    </search>
  )
}

/** Searches while one types; `/` leads here from anywhere on the page. */
function SearchBox({ q = '', change }: { readonly q: string | undefined; readonly change: ChangeList }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(q)
  const [known, setKnown] = useState(q)
  // The address may change by other ways than typing here.
  if (known !== q) {
    setKnown(q)
    if (text.trim() !== q) setText(q)
  }
  const apply = useDebouncedCallback((typed: string) => change({ q: typed.trim() || undefined }), 250)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, textarea, [contenteditable=true]')
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      input.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const type = (typed: string) => {
    setText(typed)
    apply(typed)
  }
  return (
    <TextInput
      ref={input}
      className={styles.search}
      type="text"
      size="xs"
      enterKeyHint="search"
      aria-label={t('lists:search')}
      placeholder={t('lists:search')}
      maxLength={200}
      leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && type('')}
      rightSection={text && <CloseButton size="xs" aria-label={t('lists:clearSearch')} onClick={() => type('')} />}
    />
  )
}

/** To the recycle bin and back, for whoever may delete. */
function BinButton({ module, search, change }: Props) {
  const { t } = useTranslation()
  if (!module.actions.includes('delete')) return null
  const label = search.deleted ? t('lists:leaveBin') : t('lists:bin')
  return (
    <ActionIcon
      aria-label={label}
      title={label}
      aria-pressed={search.deleted ?? false}
      onClick={() => change({ deleted: search.deleted ? undefined : true })}
    >
      <IconTrash size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  )
}
