import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { searchOf, viewsQuery } from '../../../lib/views.ts'
import styles from './views.module.css'

/** The saved views of the module, each an address of its own. */
export function ViewTabs({ module, search }: { readonly module: ModuleInfo; readonly search: ListSearch }) {
  const { t } = useTranslation()
  const { data: views = [] } = useQuery(viewsQuery(module.module))
  if (views.length === 0) return null
  return (
    <nav className={styles.tabs} aria-label={t('lists:views.label')}>
      <Link
        className={styles.tab}
        to="/records/$module"
        params={{ module: module.module }}
        search={{}}
        aria-current={search.view ? undefined : 'page'}
      >
        {t('lists:views.all')}
      </Link>
      {views.map((view) => (
        <Link
          key={view.id}
          className={styles.tab}
          to="/records/$module"
          params={{ module: module.module }}
          search={searchOf(view)}
          aria-current={search.view === view.id ? 'page' : undefined}
        >
          <bdi>{view.name}</bdi>
        </Link>
      ))}
    </nav>
  )
}
