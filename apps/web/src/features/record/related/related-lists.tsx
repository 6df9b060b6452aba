import { Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useModules } from '../../../lib/modules.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { relatedQuery } from '../record-queries.ts'
import { CreateFirst, mayCreateHere } from './create-here.tsx'
import { RelatedList } from './related-list.tsx'

/** Records that point here, each list under its own module's rights. */
export function RelatedLists() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const modules = useModules()
  const related = useQuery(relatedQuery(info.module, record.id))
  if (related.isPending) return <Skeleton h={160} aria-label={t('common:loading')} />
  if (related.isError) return <Text role="alert">{problemText(t, related.error)}</Text>
  const groups = related.data.items.flatMap((group) => {
    const module = modules.find((known) => known.module === group.module)
    return module ? [{ group, module }] : []
  })
  const full = groups.filter(({ group }) => group.items.length > 0)
  const first = groups
    .filter(({ group, module }) => group.items.length === 0 && mayCreateHere(module, group.field))
    .map(({ group, module }) => ({ module, field: group.field }))
  return (
    <Stack gap="lg">
      {full.length === 0 && <EmptyState title={t('record:related.empty')} />}
      {full.map(({ group, module }) => (
        <RelatedList key={`${group.module}.${group.field}`} group={group} module={module} />
      ))}
      <CreateFirst groups={first} />
    </Stack>
  )
}
