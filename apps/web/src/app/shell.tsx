import { AppShell, Burger, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { CreateRecord } from '../features/create/create-record.tsx'
import { ExportMount } from '../features/exports/export-mount.tsx'
import { PageLoading } from '../ui/page-loading.tsx'
import { ApplyPreferences } from './apply-preferences.tsx'
import { HomeCards } from './home-cards.tsx'
import { Keys } from './keys.tsx'
import { Live } from './live.tsx'
import { OfflineNote } from './offline-note.tsx'
import { ProfileMenu } from './profile-menu.tsx'
import { ShellTools } from './shell-tools.tsx'
import { Sidebar } from './sidebar.tsx'
import { Tour } from './tour.tsx'

const HEADER = 48
const NAVBAR = 232

/** The frame of every page behind sign-in: bar, side bar, and the page itself. */
export function Shell() {
  const { t } = useTranslation()
  const [opened, { toggle, close }] = useDisclosure()
  const path = useRouterState({ select: ({ location }) => location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the side bar of a phone closes behind every step
  useEffect(() => close(), [path, close])
  return (
    <AppShell
      header={{ height: HEADER }}
      navbar={{ width: NAVBAR, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={0}
      transitionDuration={140}
    >
      <a className="bw-skip" href="#content">
        {t('shell:skip')}
      </a>
      <AppShell.Header className="bw-no-print">
        <Group h="100%" px="sm" gap="sm" wrap="nowrap">
          <Burger
            opened={opened}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={t(opened ? 'shell:closeMenu' : 'shell:openMenu')}
            aria-expanded={opened}
          />
          <ShellTools />
          <ProfileMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar data-tour="sidebar" className="bw-no-print" aria-label={t('shell:navigation')}>
        <Sidebar />
      </AppShell.Navbar>
      <ApplyPreferences />
      <Keys />
      <Live />
      <Tour />
      <AppShell.Main id="content" tabIndex={-1}>
        <OfflineNote />
        <HomeCards />
        <Suspense fallback={<PageLoading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <CreateRecord />
      <ExportMount />
    </AppShell>
  )
}
