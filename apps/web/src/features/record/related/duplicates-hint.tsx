import { Anchor, Group, Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { nameOf } from '../../../lib/titles.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import styles from './related.module.css'

/** What two records of one customer have alike. */
const TELLING = ['name', 'email', 'phone', 'mobile', 'website', 'taxNumber', 'accountNumber', 'company']
const MODULES: ReadonlySet<string> = new Set(['accounts', 'contacts', 'leads'])
const MOST = 3

function duplicatesQuery(module: string, record: RecordItem) {
  const values = Object.fromEntries(
    TELLING.filter((field) => typeof record[field] === 'string').map((field) => [field, record[field]]),
  )
  return queryOptions({
    queryKey: keyOf(module, record.id, 'duplicates', values),
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/v1/records/{module}/duplicates', {
          params: { path: { module } },
          body: { values, exceptId: record.id },
          signal,
        }),
      ),
    enabled: MODULES.has(module) && Object.keys(values).length > 0,
    staleTime: 60_000,
  })
}

/** Says quietly that a record may stand here twice. */
export function DuplicatesHint() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const { data } = useQuery(duplicatesQuery(info.module, record))
  const found = data?.items.slice(0, MOST) ?? []
  if (found.length === 0) return null
  return (
    <Group gap="xs" className={`${styles.next} bw-no-print`}>
      <IconCopy size={18} stroke={1.6} aria-hidden />
      <Text size="sm">{t('record:duplicates')}</Text>
      {found.map(({ id, title }) => (
        <Anchor key={id} component={Link} to={`/records/${info.module}/${id}`} size="sm">
          <bdi>{nameOf(title) || t('record:untitled')}</bdi>
        </Anchor>
      ))}
    </Group>
  )
}
