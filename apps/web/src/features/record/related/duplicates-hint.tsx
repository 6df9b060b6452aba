import { Anchor, Group, Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { duplicatesQuery, tellingValues } from '../../../lib/duplicates.ts'
import { nameOf } from '../../../lib/titles.ts'
import { useRecord } from '../record-context.tsx'
import styles from './related.module.css'

const MOST = 3

/** Says quietly that a record may stand here twice. */
export function DuplicatesHint() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const { data } = useQuery(duplicatesQuery(info.module, tellingValues(record), record.id))
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
