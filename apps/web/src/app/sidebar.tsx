import { Box } from '@mantine/core'
import { IconHome } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useModules } from '../lib/modules.ts'
import { useLabel } from '../lib/text.ts'
import { ModuleIcon } from '../ui/module-icon.tsx'
import { SidebarLink } from './sidebar-link.tsx'
import { AdminLinks, ImportLink } from './sidebar-more.tsx'
import { SidebarShortcuts } from './sidebar-shortcuts.tsx'

/** Home, favourites, and the modules that exist for the person: no others are named. */
export function Sidebar() {
  const { t } = useTranslation()
  const label = useLabel()
  const modules = useModules()
  return (
    <Box h="100%" p="xs" style={{ overflowY: 'auto' }}>
      <SidebarLink to="/" icon={<IconHome size={18} stroke={1.6} aria-hidden />} label={t('shell:home')} exact />
      <SidebarShortcuts of="favourites" title={t('shell:favourites')} />
      {modules.map(({ module, plural }) => (
        <SidebarLink
          key={module}
          to={`/records/${module}`}
          icon={<ModuleIcon module={module} />}
          label={label(plural, module)}
        />
      ))}
      <ImportLink />
      <SidebarShortcuts of="recent" title={t('shell:recent')} />
      <AdminLinks />
    </Box>
  )
}
