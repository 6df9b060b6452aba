import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'

/** To who manages access while nobody else is there: where to begin. */
export function WelcomeCard() {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['welcome', 'alone'],
    queryFn: () => ask(api.GET('/api/v1/directory', { params: { query: { kind: 'user', limit: '2' } } })),
  })
  if (data?.items.length !== 1) return null
  return (
    <Group component="section" aria-label={t('welcome:card.title')} p="md" justify="space-between">
      <div>
        <Text fw={600}>{t('welcome:card.title')}</Text>
        <Text c="dimmed">{t('welcome:card.text')}</Text>
      </div>
      <Button component={Link} to="/welcome">
        {t('welcome:card.go')}
      </Button>
    </Group>
  )
}
