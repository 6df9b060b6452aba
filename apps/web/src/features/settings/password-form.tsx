import { Alert, Button, Group, PasswordInput, Stack, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { isProblem } from '../../lib/api/problem.ts'
import { say } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'

/** Changes the password; the person's other sessions end. */
export function PasswordForm() {
  const { t } = useTranslation()
  const form = useForm({ initialValues: { currentPassword: '', newPassword: '' } })
  const changing = useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) =>
      ask(api.POST('/api/auth/change-password', { body })),
    onSuccess: () => {
      form.reset()
      say(t('settings:password.changed'))
    },
  })
  const showPassword = { 'aria-label': t('sign-in:showPassword') }
  return (
    <form onSubmit={form.onSubmit((values) => changing.mutate(values))}>
      <Stack gap="sm">
        <Title order={2}>{t('settings:password.title')}</Title>
        <PasswordInput
          label={t('settings:password.current')}
          autoComplete="current-password"
          visibilityToggleButtonProps={showPassword}
          dir="ltr"
          required
          {...form.getInputProps('currentPassword')}
        />
        <PasswordInput
          label={t('settings:password.new')}
          autoComplete="new-password"
          visibilityToggleButtonProps={showPassword}
          dir="ltr"
          required
          {...form.getInputProps('newPassword')}
        />
        {changing.error && (
          <Alert color="red" role="alert">
            {isProblem(changing.error, 401, 403) ? t('settings:password.wrong') : problemText(t, changing.error)}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={changing.isPending}>
            {t('settings:password.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
