import { Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { isProblem } from '../../lib/api/problem.ts'
import { LanguageLinks } from '../../ui/language-links.tsx'
import { Logo } from '../../ui/logo.tsx'
import { problemText } from '../../ui/problem-text.ts'
import classes from './invitation-page.module.css'
import { PasswordForm } from './password-form.tsx'

/** Where the link of an invitation leads: who is invited to what, and a password to begin with. */
export function InvitationPage() {
  const { token = '' } = useSearch({ from: '/invitation' })
  const router = useRouter()
  const queries = useQueryClient()
  const onDone = () => {
    queries.clear()
    router.history.replace('/')
  }
  return (
    <main className={classes.page}>
      <Paper withBorder p="xl" className={classes.card}>
        <Stack gap="lg">
          <Logo />
          <Invitation token={token} onDone={onDone} />
        </Stack>
      </Paper>
      <LanguageLinks />
    </main>
  )
}

function Invitation({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => ask(api.GET('/api/auth/invitation', { params: { query: { token } } })),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (token === '' || isProblem(error, 404, 422)) return <NoInvitation />
  if (error) return <Text role="alert">{problemText(t, error)}</Text>
  if (!data) return <Skeleton h={160} aria-label={t('common:loading')} />
  const { name, email, organization, hasPassword } = data
  return (
    <Stack gap="sm">
      <Title order={1}>{t('invitation:title', { name })}</Title>
      <Text>{t('invitation:to', { organization: organization.name })}</Text>
      <Text c="dimmed" size="sm">
        {t(hasPassword ? 'invitation:givePassword' : 'invitation:choosePassword')}
      </Text>
      <PasswordForm token={token} email={email} isKnown={hasPassword} onDone={onDone} />
    </Stack>
  )
}

function NoInvitation() {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      <Title order={1}>{t('invitation:none.title')}</Title>
      <Text c="dimmed">{t('invitation:none.text')}</Text>
      <Link to="/sign-in">{t('invitation:none.signIn')}</Link>
    </Stack>
  )
}
