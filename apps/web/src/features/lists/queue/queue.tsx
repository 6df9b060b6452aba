import { Button, Kbd, Text } from '@mantine/core'
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { directoryQuery } from '../../../lib/directory.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import { useMe } from '../../../lib/me.ts'
import type { ModuleInfo } from '../../../lib/modules.ts'
import { allows, fewQuery, type ListQuestion, type RecordItem } from '../../../lib/records.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { PageFailed } from '../../../ui/page-failed.tsx'
import { PageLoading } from '../../../ui/page-loading.tsx'
import type { LayoutProps } from '../table/record-table.tsx'
import { useNamesIn } from '../table/use-rows.ts'
import styles from './queue.module.css'
import { QueueRow } from './queue-row.tsx'
import { byUrgency } from './urgency.ts'

const SHOWN = ['subject', 'number', 'status', 'priority', 'account', 'owner', 'createdAt', 'dueAt', 'confidential']
const DONE = ['Resolved', 'Closed']
const MOST = 100
const EVERY_TEAM = 100

/** Tickets to be done: one's own, those of one's teams, and what nobody has taken; the most urgent first. */
export function Queue({ module, search }: LayoutProps) {
  const { t } = useTranslation()
  const { key: me, teams } = useMe().user
  const navigate = useNavigate()
  const fields = useMemo(() => module.fields.filter(({ field }) => SHOWN.includes(field)), [module])
  const { data: directory } = useQuery(directoryQuery('', TEAMS, EVERY_TEAM))
  const own = teams.map((team) => `team:${team}`)
  const others = (directory?.items ?? []).map(({ ref }) => ref).filter((ref) => !own.includes(ref))
  const ownedBy = (refs: readonly string[]) => ({
    ...fewQuery(questionOf(module, search, { field: 'owner', op: 'in', value: refs })),
    enabled: refs.length > 0,
  })
  const [mine, ofOwn, ofOthers] = useQueries({
    queries: [
      fewQuery(questionOf(module, search, { field: 'owner', op: 'eq', value: { user: 'id' } })),
      ownedBy(own),
      ownedBy(others),
    ],
  })
  const parts = [
    { key: 'mine', records: inOrder(mine.data?.items) },
    { key: 'teams', records: inOrder(ofOwn.data?.items) },
    { key: 'unassigned', records: inOrder(ofOthers.data?.items) },
  ] as const
  const named = useNamesIn(
    parts.map(({ records }) => records),
    fields,
  )
  const take = useTake(module.module, me)
  const [[ownNext], waiting] = [parts[0].records, parts[1].records]
  const next = ownNext ?? waiting.find((record) => allows(record, module.actions, 'transfer')) ?? waiting[0]
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isTyping = event.target instanceof Element && event.target.closest('input, textarea, [role=dialog]')
      if (event.key !== 'n' || isTyping || event.ctrlKey || event.metaKey || event.altKey || !next) return
      void navigate({ to: '/records/$module/$id', params: { module: module.module, id: next.id } })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [next, navigate, module.module])
  if (mine.isError) return <PageFailed error={mine.error} />
  if (mine.isPending) return <PageLoading />
  return (
    <div className={styles.queue}>
      {next && (
        <Button
          className={styles.next}
          variant="default"
          rightSection={<Kbd size="xs">N</Kbd>}
          onClick={() => void navigate({ to: '/records/$module/$id', params: { module: module.module, id: next.id } })}
        >
          {t('lists:queue.next')}
        </Button>
      )}
      {parts.map(({ key, records }) => (
        <section key={key} aria-label={t(`lists:queue.${key}`)}>
          <header className={styles.head}>
            <Text component="h2" fw={600}>
              {t(`lists:queue.${key}`)}
            </Text>
            <Text c="dimmed" className="bw-figures">
              {records.length}
            </Text>
          </header>
          {records.length === 0 && (
            <Text c="dimmed" px="md" pb="sm">
              {t(`lists:queue.empty.${key}`)}
            </Text>
          )}
          <ul className={styles.rows}>
            {records.map((record) => (
              <QueueRow
                key={record.id}
                module={module.module}
                record={record}
                fields={fields}
                named={named}
                withOwner={key !== 'mine'}
                onTake={
                  key !== 'mine' && allows(record, module.actions, 'transfer') ? () => void take(record) : undefined
                }
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const TEAMS = ['team'] as const

function questionOf(module: ModuleInfo, { filter, q }: ListSearch, owned: unknown): ListQuestion {
  const exists = new Map(module.fields.map((field) => [field.field, field]))
  const status = exists.get('status')
  const open = status && status.access !== 'masked' ? [{ field: 'status', op: 'notIn', value: DONE }] : []
  return {
    module: module.module,
    ...(q && { q }),
    filter: { all: [owned, ...open, ...(filter === undefined ? [] : [filter])] },
    sort: 'createdAt',
    fields: SHOWN.filter((field) => exists.has(field)),
    limit: MOST,
  }
}

function inOrder(records: readonly unknown[] | undefined): RecordItem[] {
  return [...((records ?? []) as readonly RecordItem[])].sort(byUrgency)
}

/** Makes a ticket one's own. */
function useTake(module: string, me: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return async (record: RecordItem) => {
    try {
      await ask(
        api.POST('/api/v1/records/{module}/{id}/transfer', {
          params: { path: { module, id: record.id } },
          body: { owner: `user:${me}`, keepShares: true },
        }),
      )
      say(t('lists:queue.taken'))
    } catch (error) {
      sayProblem(t, error)
    }
    await queries.invalidateQueries({ queryKey: ['records', module] })
  }
}
