import { IconFileImport, IconListCheck, IconShieldCog } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe, useSystemPermission } from '../lib/me.ts'
import classes from './sidebar.module.css'
import { SidebarLink } from './sidebar-link.tsx'

/** For whoever may import into some module. */
export function ImportLink() {
  const { t } = useTranslation()
  const { modules } = useMe()
  if (!modules.some(({ actions }) => actions.includes('import'))) return null
  return (
    <SidebarLink to="/import" icon={<IconFileImport size={18} stroke={1.6} aria-hidden />} label={t('imports:nav')} />
  )
}

/** For whoever manages access. */
export function AdminLinks() {
  const { t } = useTranslation()
  const managesAccess = useSystemPermission('manageAccess')
  if (!managesAccess) return null
  return (
    <section data-tour="administration" aria-label={t('admin:title')}>
      <div className={classes.section}>{t('admin:title')}</div>
      <SidebarLink
        to="/admin/users"
        icon={<IconShieldCog size={18} stroke={1.6} aria-hidden />}
        label={t('admin:peopleAndRules')}
      />
      <SidebarLink
        to="/welcome"
        icon={<IconListCheck size={18} stroke={1.6} aria-hidden />}
        label={t('welcome:again')}
      />
    </section>
  )
}
