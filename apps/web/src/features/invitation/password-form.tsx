import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { isProblem } from '../../lib/api/problem.ts'
import { problemText } from '../../ui/problem-text.ts'

interface Props {
  readonly token: string
  readonly email: string
  /** Whether the address has a password already, which is asked for then. */
  readonly isKnown: boolean
  readonly onDone: () => void
}

const SHORTEST = 8

/** The password to begin with. The address stands there for password managers, which go by it. */
export function PasswordForm({ token, email, isKnown, onDone }: Props) {
  const { t } = useTranslation()
  const form = useForm({
    initialValues: { password: '' },
    validate: { password: (password) => (password.length < SHORTEST ? t('invitation:tooShort') : null) },
  })
  const accepting = useMutation({
    mutationFn: ({ password }: { password: string }) =>
      ask(api.POST('/api/auth/invitation', { body: { token, password } })),
    onSuccess: onDone,
  })
  return (
    <form onSubmit={form.onSubmit((values) => accepting.mutate(values))}>
      <Stack gap="sm">
        <TextInput label={t('sign-in:email')} value={email} readOnly dir="ltr" autoComplete="username" />
        <PasswordInput
          label={t('sign-in:password')}
          {...(!isKnown && { description: t('invitation:tooShort') })}
          autoComplete={isKnown ? 'current-password' : 'new-password'}
          visibilityToggleButtonProps={{ 'aria-label': t('sign-in:showPassword') }}
          dir="ltr"
          required
          {...form.getInputProps('password')}
        />
        {accepting.error && (
          <Alert color="red" role="alert">
            {explain(t, accepting.error)}
          </Alert>
        )}
        <Button type="submit" loading={accepting.isPending}>
          {t('invitation:submit')}
        </Button>
      </Stack>
    </form>
  )
}

function explain(t: (key: string) => string, error: Error): string {
  if (isProblem(error, 404)) return t('invitation:none.text')
  if (isProblem(error, 429)) return t('sign-in:tooMany')
  if (isProblem(error, 401)) return t('sign-in:refused')
  return problemText(t, error)
}
