import { Group, NavLink, Stack, Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useSystemPermission } from '../../lib/me.ts'
import { PageLoading } from '../../ui/page-loading.tsx'
import { PageMissing } from '../../ui/page-missing.tsx'
import classes from './admin.module.css'
import { DraftProvider } from './draft.tsx'
import { DraftBar } from './draft-bar.tsx'
import { SectionPage } from './section-page.tsx'
import { SECTIONS } from './sections.ts'
import { VersionsPage } from './versions-page.tsx'

/** People and rules, as lists and forms over the policy document. Not there for who doesn't manage access. */
export function AdminPage() {
  const { t } = useTranslation()
  const { section } = useParams({ from: '/inside/admin/$section' })
  const known = SECTIONS.find((one) => one === section)
  if (!useSystemPermission('manageAccess') || (!known && section !== 'versions')) return <PageMissing />
  return (
    <Suspense fallback={<PageLoading />}>
      <DraftProvider>
        <div className={classes.page}>
          <nav className={classes.menu} aria-label={t('admin:title')}>
            <Title order={2} px="sm" pb="xs">
              {t('admin:title')}
            </Title>
            {[...SECTIONS, 'versions' as const].map((one) => (
              <NavLink
                key={one}
                component={Link}
                to={`/admin/${one}`}
                label={t(`admin:section.${one}`)}
                active={one === section}
                aria-current={one === section ? 'page' : undefined}
              />
            ))}
          </nav>
          <Stack gap={0} className={classes.content}>
            <DraftBar />
            <Group p="md" align="start">
              {known ? <SectionPage key={known} section={known} /> : <VersionsPage />}
            </Group>
          </Stack>
        </div>
      </DraftProvider>
    </Suspense>
  )
}
