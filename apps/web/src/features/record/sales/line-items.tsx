import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../../lib/api/problem.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { LinesEditor } from './lines-editor.tsx'
import { LinesTable } from './lines-table.tsx'
import { type Lines, linesQuery, type WithLines } from './sales-queries.ts'

/** What a quote or an order is made of, and what that comes to; changed as a whole. */
export function LineItems({ module }: { readonly module: WithLines }) {
  const { t } = useTranslation()
  const { record } = useRecord()
  const lines = useQuery(linesQuery(module, record.id))
  const [draft, setDraft] = useState<Lines>()
  if (lines.isPending) return <Skeleton h={120} aria-label={t('common:loading')} />
  if (isProblem(lines.error, 404)) return <Text c="dimmed">{t('record:lines.notYours')}</Text>
  if (lines.isError) return <Text role="alert">{problemText(t, lines.error)}</Text>
  if (draft) return <LinesEditor module={module} from={draft} onDone={() => setDraft(undefined)} />
  const change = lines.data.editable && (
    <Button size="xs" variant="default" className="bw-no-print" onClick={() => setDraft(lines.data)}>
      {t(lines.data.lines.length > 0 ? 'record:lines.edit' : 'record:lines.begin')}
    </Button>
  )
  if (lines.data.lines.length === 0) {
    return (
      <EmptyState title={t('record:lines.empty')} text={lines.data.editable ? t('record:lines.emptyText') : undefined}>
        {change}
      </EmptyState>
    )
  }
  return (
    <Stack gap="sm">
      <LinesTable lines={lines.data} />
      <Group>{change}</Group>
    </Stack>
  )
}
