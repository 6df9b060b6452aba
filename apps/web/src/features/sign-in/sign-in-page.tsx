import { Group, Paper, Stack, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LanguageLinks } from '../../ui/language-links.tsx'
import { Logo } from '../../ui/logo.tsx'
import { SignInForm } from './sign-in-form.tsx'
import classes from './sign-in-page.module.css'

/** Signs in, and goes on to where he wanted to go. */
export function SignInPage() {
  const { t } = useTranslation()
  const { to } = useSearch({ from: '/sign-in' })
  const router = useRouter()
  const queries = useQueryClient()
  const onDone = async () => {
    queries.clear()
    router.history.push(to ?? '/')
  }
  return (
    <main className={classes.page}>
      <Paper withBorder p="xl" className={classes.card}>
        <Stack gap="lg">
          <Group gap="sm">
            <Logo />
            <Title order={1}>{t('sign-in:title')}</Title>
          </Group>
          <SignInForm onDone={() => void onDone()} />
        </Stack>
      </Paper>
      <LanguageLinks />
    </main>
  )
}
