import { Container, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lib/me.ts'
import { useModules } from '../../lib/modules.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MyDeals } from './my-deals.tsx'
import { MyTasks } from './my-tasks.tsx'
import { MyTickets } from './my-tickets.tsx'
import { Team } from './team.tsx'

const Numbers = lazy(async () => ({ default: (await import('./numbers.tsx')).Numbers }))

/** Where a day begins: what is due, what is at risk, what waits, and how it adds up; each only where it exists for the person. */
export function HomePage() {
  const { t } = useTranslation()
  const { user } = useMe()
  const modules = useModules()
  if (modules.length === 0) return <EmptyState title={t('home:nothing.title')} text={t('home:nothing.text')} />
  return (
    <Container size="xl" p="md" ms={0}>
      <Stack gap="lg">
        <Title order={1}>{t('home:greeting', { name: user.name })}</Title>
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
          <Stack gap="lg">
            <MyTasks />
            <MyTickets />
          </Stack>
          <MyDeals />
        </SimpleGrid>
        <Team />
        <Suspense fallback={<Text c="dimmed">{t('common:loading')}</Text>}>
          <Numbers />
        </Suspense>
      </Stack>
    </Container>
  )
}
