import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { isProblem, Unreachable } from '../../lib/api/problem.ts'
import { signIn } from '../../lib/session.ts'

interface Props {
  readonly email?: string
  readonly note?: string
  /** @param email of whoever signed in */
  readonly onDone: (email: string) => void
}

/** E-mail address and password. Used on a page of its own, and over a page whose session has ended. */
export function SignInForm({ email = '', note, onDone }: Props) {
  const { t } = useTranslation()
  const form = useForm({ initialValues: { email, password: '' } })
  const signing = useMutation({
    mutationFn: (values: { email: string; password: string }) => signIn(values.email.trim(), values.password),
    onSuccess: (_answer, values) => onDone(values.email.trim()),
  })
  return (
    <form onSubmit={form.onSubmit((values) => signing.mutate(values))}>
      <Stack gap="sm">
        {note && <Text c="dimmed">{note}</Text>}
        <TextInput
          label={t('sign-in:email')}
          type="email"
          autoComplete="username"
          dir="ltr"
          required
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('sign-in:password')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('sign-in:showPassword') }}
          dir="ltr"
          required
          {...form.getInputProps('password')}
        />
        {signing.error && (
          <Alert color="red" role="alert">
            {explain(t, signing.error)}
          </Alert>
        )}
        <Button type="submit" loading={signing.isPending}>
          {t('sign-in:submit')}
        </Button>
      </Stack>
    </form>
  )
}

function explain(t: (key: string) => string, error: Error): string {
  if (error instanceof Unreachable) return t('common:problem.unreachable')
  if (isProblem(error, 429)) return t('sign-in:tooMany')
  if (isProblem(error, 401, 403, 422)) return t('sign-in:refused')
  return t('common:problem.server')
}
