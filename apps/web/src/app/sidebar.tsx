import { NavLink, ScrollArea } from '@mantine/core'
import { IconHome } from '@tabler/icons-react'
import { Link, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useModules } from '../lib/modules.ts'
import { useLabel } from '../lib/text.ts'
import { ModuleIcon } from '../ui/module-icon.tsx'

/** Home, and the modules that exist for the person: no others are named. */
export function Sidebar() {
  const { t } = useTranslation()
  const label = useLabel()
  const modules = useModules()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <ScrollArea h="100%" p="xs" type="hover">
      <NavLink
        component={Link}
        to="/"
        label={t('shell:home')}
        leftSection={<IconHome size={18} stroke={1.6} aria-hidden />}
        active={path === '/'}
      />
      {modules.map(({ module, plural }) => (
        <NavLink
          key={module}
          component={Link}
          to={`/records/${module}`}
          label={label(plural, module)}
          leftSection={<ModuleIcon module={module} />}
          active={path === `/records/${module}` || path.startsWith(`/records/${module}/`)}
        />
      ))}
    </ScrollArea>
  )
}
