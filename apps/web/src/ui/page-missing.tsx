import { Button, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** For an address that leads nowhere, and for a record or module that isn't this person's to see: there is no difference. */
export function PageMissing() {
  const { t } = useTranslation()
  return (
    <Stack align="center" justify="center" mih="50vh" gap="sm" p="md">
      <Title order={1}>{t('common:missing.title')}</Title>
      <Text c="dimmed" maw="28rem" ta="center">
        {t('common:missing.text')}
      </Text>
      <Button component={Link} to="/" variant="default">
        {t('common:missing.home')}
      </Button>
    </Stack>
  )
}
