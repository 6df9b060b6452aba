import { Button, Stack, Text, Title } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../lib/api/problem.ts'
import { PageMissing } from './page-missing.tsx'
import { problemText } from './problem-text.ts'

/** For a part of the page that could not be loaded: what happened, and the way to try again. */
export function PageFailed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation()
  const router = useRouter()
  const { reset } = useQueryErrorResetBoundary()
  if (isProblem(error, 404)) return <PageMissing />
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <Stack align="center" justify="center" mih="50vh" gap="sm" p="md" role="alert">
      <Title order={1}>{t('common:failed.title')}</Title>
      <Text c="dimmed" maw="28rem" ta="center">
        {problemText(t, error)}
      </Text>
      <Button onClick={again}>{t('common:tryAgain')}</Button>
    </Stack>
  )
}
