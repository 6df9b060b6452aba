import { Button, Chip, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNames } from '../../../lib/directory.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { Composer } from './composer.tsx'
import { FileDrop } from './file-drop.tsx'
import { HappeningRow } from './happening-row.tsx'
import { useLeaving } from './leaving-comments.ts'
import { QuickActivity } from './quick-activity.tsx'
import styles from './timeline.module.css'
import { type Happening, KINDS, type Kind, timelineQuery } from './timeline-queries.ts'

/** All that happened around the record, in one stream, and the ways to add to it. */
export function Timeline() {
  const { t } = useTranslation()
  const { may } = useRecord()
  const [kinds, setKinds] = useState<readonly Kind[]>([])
  return (
    <FileDrop>
      {(filePicker) => (
        <Stack gap="md">
          {may('comment') && <Composer />}
          <Group gap="xs" className="bw-no-print">
            <QuickActivity />
            {filePicker}
          </Group>
          <Chip.Group
            multiple
            value={[...kinds]}
            onChange={(chosen) => setKinds(KINDS.filter((k) => chosen.includes(k)))}
          >
            <Group gap={6} className="bw-no-print" role="group" aria-label={t('record:timeline.filter')}>
              {KINDS.map((kind) => (
                <Chip key={kind} value={kind} size="xs" variant="outline">
                  {t(`record:kind.${kind}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Stream kinds={kinds} />
        </Stack>
      )}
    </FileDrop>
  )
}

/** What happened, newest first, as far as it was asked for. */
export function Stream({ kinds }: { readonly kinds: readonly Kind[] }) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const stream = useInfiniteQuery(timelineQuery(info.module, record.id, kinds))
  const leaving = useLeaving()
  const pages = stream.data?.pages ?? []
  const names = useNames(...pages.map(({ items }) => items.flatMap(refsOf)))
  if (stream.isPending) return <Skeleton h={120} aria-label={t('common:loading')} />
  if (stream.isError) return <Text role="alert">{problemText(t, stream.error)}</Text>
  const items = pages.flatMap((page) => page.items).filter(({ id }) => !leaving.has(id))
  if (items.length === 0) {
    return <EmptyState title={t('record:timeline.empty')} text={t('record:timeline.emptyText')} />
  }
  return (
    <Stack gap="md">
      <ol className={styles.stream} aria-label={t('record:part.timeline')}>
        {items.map((item) => (
          <HappeningRow key={`${item.kind}${item.id}`} item={item} names={names} />
        ))}
      </ol>
      {stream.hasNextPage && (
        <Button
          className="bw-no-print"
          variant="default"
          loading={stream.isFetchingNextPage}
          onClick={() => void stream.fetchNextPage()}
        >
          {t('record:timeline.more')}
        </Button>
      )}
    </Stack>
  )
}

/** Whose names an entry needs. */
function refsOf({ by, mentions, changes }: Happening): string[] {
  const values = (changes ?? []).flatMap(({ before, after }) => [before, after])
  const people = values.filter((value) => typeof value === 'string').filter((value) => /^(user|team):/.test(value))
  return [...(by ? [by] : []), ...(mentions ?? []), ...people]
}
