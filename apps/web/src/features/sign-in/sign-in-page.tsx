import { Anchor, Group, Paper, Stack, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { speak } from '../../lib/i18n.ts'
import { LANGUAGES } from '../../lib/languages.ts'
import { Logo } from '../../ui/logo.tsx'
import { SignInForm } from './sign-in-form.tsx'
import classes from './sign-in-page.module.css'

/** Signs in, and goes on to where he wanted to go. */
export function SignInPage() {
  const { t, i18n } = useTranslation()
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
      <Group gap="md" justify="center" component="nav" aria-label={t('common:language')}>
        {LANGUAGES.map(({ tag, name }) => (
          <Anchor
            key={tag}
            component="button"
            type="button"
            size="sm"
            lang={tag}
            aria-current={i18n.language === tag}
            c={i18n.language === tag ? undefined : 'dimmed'}
            onClick={() => void speak(tag)}
          >
            {name}
          </Anchor>
        ))}
      </Group>
    </main>
  )
}
