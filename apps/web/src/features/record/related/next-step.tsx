import { Anchor, Group, Text } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { nameOf } from '../../../lib/titles.ts'
import { useRecord } from '../record-context.tsx'
import { relatedQuery } from '../record-queries.ts'
import { nextActivity } from './next-activity.ts'
import styles from './related.module.css'

/** What comes next: what the record itself says, and the first open activity. */
export function NextStep() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const { data } = useQuery(relatedQuery(info.module, record.id))
  const activities = data?.items.filter(({ module }) => module === 'activities').flatMap(({ items }) => items)
  const next = nextActivity(activities ?? [])
  const own = nameOf(record.nextStep)
  if (!next && !own) return null
  return (
    <Group gap="xs" className={styles.next} wrap="nowrap" align="flex-start">
      <IconArrowRight size={18} stroke={1.6} className="bw-mirrored" aria-hidden />
      <div>
        <Text size="sm" c="dimmed">
          {t('record:next')}
        </Text>
        {own && (
          <Text>
            <bdi>{own}</bdi>
          </Text>
        )}
        {next && (
          <Group gap="xs">
            <Anchor component={Link} to={`/records/activities/${next.item.id}`}>
              <bdi>{nameOf(next.item.subject) || t('record:untitled')}</bdi>
            </Anchor>
            <When on={next.on} />
          </Group>
        )}
      </div>
    </Group>
  )
}

/** When it is due; in words, where that is past. */
function When({ on }: { readonly on: string | undefined }) {
  const { t } = useTranslation()
  const { date, dateTime } = useFormats()
  if (on === undefined) return null
  const text = on.length > 10 ? dateTime(on) : date(on)
  const isLate = Date.parse(on) < Date.now() - (on.length > 10 ? 0 : 86_400_000)
  return (
    <Text span size="sm" c={isLate ? 'red' : 'dimmed'}>
      {isLate ? t('record:overdue', { date: text }) : text}
    </Text>
  )
}
