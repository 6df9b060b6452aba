import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { shortcutsQuery } from '../lib/preferences.ts'
import { ModuleIcon } from '../ui/module-icon.tsx'
import classes from './sidebar.module.css'
import { SidebarLink } from './sidebar-link.tsx'

const MOST_RECENT = 5

interface Props {
  readonly of: 'favourites' | 'recent'
  readonly title: string
}

/** Favourite or recent records that the person reads now. Nothing where there are none. */
export function SidebarShortcuts({ of, title }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(shortcutsQuery)
  const favourites = data?.favourites ?? []
  const isFavourite = (id: string) => favourites.some((one) => one.id === id)
  const recent = (data?.recent ?? []).filter(({ id }) => !isFavourite(id)).slice(0, MOST_RECENT)
  const shown = of === 'favourites' ? favourites : recent.map((one) => ({ ...one, kind: 'record' as const }))
  if (shown.length === 0) return null
  return (
    <section aria-label={title}>
      <div className={classes.section}>{title}</div>
      {shown.map(({ kind, module, id, title: name }) => (
        <SidebarLink
          key={`${kind} ${id}`}
          to={kind === 'view' ? `/records/${module}?view=${id}` : `/records/${module}/${id}`}
          icon={<ModuleIcon module={module} />}
          label={name ?? t('shell:unnamed')}
          exact
        />
      ))}
    </section>
  )
}
