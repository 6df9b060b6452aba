import { Container, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DemonstrationSettings } from './demonstration-settings.tsx'
import { LookSettings } from './look-settings.tsx'
import { NotificationSettings } from './notification-settings.tsx'
import { PasswordForm } from './password-form.tsx'

/** What a person decides for himself. */
export function SettingsPage() {
  const { t } = useTranslation()
  return (
    <Container size="sm" p="md" ms={0}>
      <Stack gap="xl">
        <Title order={1}>{t('settings:title')}</Title>
        <LookSettings />
        <NotificationSettings />
        <PasswordForm />
        <DemonstrationSettings />
      </Stack>
    </Container>
  )
}
