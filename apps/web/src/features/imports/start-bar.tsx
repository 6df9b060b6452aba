import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { useFormats } from '../../lib/format.ts'
import { followJob, type Job } from '../../lib/jobs.ts'
import { sayProblem } from '../../ui/notify.ts'
import { type ImportSource, type ImportState, type ImportWish, type Preview, startImport } from './api.ts'
import { Figures } from './figures.tsx'
import { HowFar } from './how-far.tsx'
import styles from './imports.module.css'

interface Props {
  readonly source: ImportSource
  readonly wish: ImportWish
  readonly preview: Preview | undefined
  readonly isReady: boolean
}

/** The last step: tries all rows without keeping any, or brings them in. */
export function StartBar({ source, wish, preview, isReady }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [job, setJob] = useState<Job>()
  const attempt = useMutation({
    mutationFn: async (tried: ImportWish) => {
      const { id } = await startImport(source, { ...tried, dryRun: true })
      await followJob(id, setJob)
      return ask(api.GET('/api/v1/imports/{id}', { params: { path: { id } } }))
    },
    onError: (error) => sayProblem(t, error),
  })
  const start = useMutation({
    mutationFn: () => startImport(source, wish),
    onError: (error) => sayProblem(t, error),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['imports', 'own'] })
      void navigate({ to: '/imports/$id', params: { id } })
    },
  })
  const isAsTried = JSON.stringify(attempt.variables) === JSON.stringify(wish)
  const isBusy = attempt.isPending || start.isPending
  return (
    <div className={styles.bar}>
      {attempt.isPending && <HowFar label={t('imports:try.running')} job={job} />}
      {isAsTried && attempt.data && <Tried result={attempt.data} />}
      <Group gap="sm" justify="flex-end">
        <Button
          variant="default"
          disabled={!isReady || start.isPending}
          loading={attempt.isPending}
          onClick={() => attempt.mutate(wish)}
        >
          {t('imports:try.action')}
        </Button>
        <Button disabled={!isReady || isBusy} loading={start.isPending} onClick={() => start.mutate()}>
          {t('imports:start', { number: formats.number(preview?.rows ?? 0) })}
        </Button>
      </Group>
    </div>
  )
}

/** What came of trying: nothing of it was kept. */
function Tried({ result }: { readonly result: ImportState }) {
  const { t } = useTranslation()
  const { id, created, updated, rejected, error } = result
  return (
    <Alert color={rejected > 0 || error ? 'yellow' : 'gray'} mb="sm" role="status" title={t('imports:try.done')}>
      <Group gap="lg">
        <Figures
          figures={[
            { label: t('imports:preview.create'), value: created },
            { label: t('imports:preview.update'), value: updated },
            { label: t('imports:preview.reject'), value: rejected, isBad: rejected > 0 },
          ]}
        />
        {rejected > 0 && (
          <Anchor href={`/api/v1/imports/${id}/rejected.csv`} download>
            {t('imports:result.download')}
          </Anchor>
        )}
        {error && <Text>{error}</Text>}
      </Group>
    </Alert>
  )
}
