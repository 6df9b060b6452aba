import { Alert, Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { sayProblem } from '../../ui/notify.ts'
import { hasEnded, type ImportState, importQuery, ownImportsQuery } from './api.ts'
import { HowFar } from './how-far.tsx'
import { ImportedRecords } from './imported-records.tsx'
import styles from './imports.module.css'
import { Result } from './result.tsx'
import { UndoImport } from './undo-import.tsx'

const route = getRouteApi('/inside/imports/$id')

/** One import: how far it is, what it came to, and the way back. */
export function ImportResultPage() {
  const { t } = useTranslation()
  const { id } = route.useParams()
  const { data: state } = useSuspenseQuery(importQuery(id))
  const ended = hasEnded(state)
  const own = useOwn(id, ended)
  return (
    <Stack className={styles.page} gap="lg">
      <Group justify="space-between">
        <Title order={1}>{own?.fileName ? <bdi>{own.fileName}</bdi> : t('imports:title')}</Title>
        <Anchor component={Link} to="/imports">
          {t('imports:own.title')}
        </Anchor>
      </Group>
      {ended ? <Ended state={state} /> : <Running state={state} />}
      {own?.undo.possible && ended && <ImportedRecords own={own} />}
      {own && ended && <UndoImport id={id} module={own.module} isPossible={own.undo.possible} />}
      <div>
        <Button
          variant="default"
          renderRoot={(props) => <Link {...props} to="/import" search={own ? { module: own.module } : {}} />}
        >
          {t('imports:another')}
        </Button>
      </div>
    </Stack>
  )
}

/** The import as one's list has it: with its file, its time, and whether it can be undone. */
function useOwn(id: string, ended: boolean) {
  const queries = useQueryClient()
  const { data } = useInfiniteQuery(ownImportsQuery())
  // Whether it can be undone is known once it has ended; with it, records have changed.
  useEffect(() => {
    if (!ended) return
    void queries.invalidateQueries({ queryKey: ['imports', 'own'] })
    void queries.invalidateQueries({ queryKey: ['records'] })
  }, [ended, queries])
  return data?.pages.flatMap(({ items }) => items).find((one) => one.id === id)
}

function Running({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const cancel = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id: state.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['imports', 'one', state.id] }),
    onError: (error) => sayProblem(t, error),
  })
  return (
    <div>
      <HowFar label={t('imports:progress.running')} job={state} />
      <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        {t('imports:progress.cancel')}
      </Button>
    </div>
  )
}

function Ended({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation()
  return (
    <Stack gap="md" role="status">
      <Text fw={600}>{t(`imports:state.${state.state}`)}</Text>
      {state.error && (
        <Alert color="red">
          <bdi lang="en">{state.error}</bdi>
        </Alert>
      )}
      {state.state === 'cancelled' && <Text c="dimmed">{t('imports:result.kept')}</Text>}
      <Result state={state} />
    </Stack>
  )
}
