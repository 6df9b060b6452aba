import { IconShieldCog } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSystemPermission } from '../lib/me.ts'
import classes from './sidebar.module.css'
import { SidebarLink } from './sidebar-link.tsx'

/** Ways to what is no module: only those that are the person's. */
export function SidebarMore() {
  const { t } = useTranslation()
  const managesAccess = useSystemPermission('manageAccess')
  if (!managesAccess) return null
  return (
    <section aria-label={t('admin:title')}>
      <div className={classes.section}>{t('admin:title')}</div>
      <SidebarLink
        to="/admin/users"
        icon={<IconShieldCog size={18} stroke={1.6} aria-hidden />}
        label={t('admin:peopleAndRules')}
      />
    </section>
  )
}
