import { Button, Group, Loader, ScrollArea, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type inboxQuery, markRead, unreadKey } from '../../lib/notifications.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { sayProblem } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'
import { InboxEntry } from './inbox-entry.tsx'

interface Props {
  readonly query: ReturnType<typeof inboxQuery>
  readonly onLeave: () => void
}

/** What concerns the person, newest first; opening one marks it read. */
export function Inbox({ query, onLeave }: Props) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const inbox = useInfiniteQuery(query)
  const marking = useMutation({
    mutationFn: markRead,
    onSuccess: (unread) => {
      queries.setQueryData(unreadKey, unread)
      void queries.invalidateQueries({ queryKey: ['notifications', 'inbox'] })
    },
    onError: (error) => sayProblem(t, error),
  })
  const items = inbox.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section aria-label={t('notifications:title')}>
      <Group justify="space-between" px="md" py="xs">
        <Title order={2}>{t('notifications:title')}</Title>
        <Group gap="xs">
          {items.some(({ read }) => !read) && (
            <Button variant="subtle" size="compact-sm" onClick={() => marking.mutate({ all: true })}>
              {t('notifications:readAll')}
            </Button>
          )}
          <Button component={Link} to="/settings" variant="subtle" color="gray" size="compact-sm" onClick={onLeave}>
            {t('notifications:settings')}
          </Button>
        </Group>
      </Group>
      <ScrollArea.Autosize mah="min(28rem, 70vh)" type="auto">
        {inbox.isPending && <Loader size="sm" m="md" aria-label={t('common:loading')} />}
        {inbox.isError && (
          <Text role="alert" p="md" c="dimmed">
            {problemText(t, inbox.error)}
          </Text>
        )}
        {inbox.isSuccess && items.length === 0 && (
          <EmptyState title={t('notifications:empty.title')} text={t('notifications:empty.text')} />
        )}
        {items.map((item) => (
          <InboxEntry
            key={item.id}
            item={item}
            onOpen={() => {
              if (!item.read) marking.mutate({ ids: [item.id] })
              onLeave()
            }}
          />
        ))}
        {inbox.hasNextPage && (
          <Group justify="center" p="xs">
            <Button
              variant="subtle"
              size="compact-sm"
              loading={inbox.isFetchingNextPage}
              onClick={() => void inbox.fetchNextPage()}
            >
              {t('notifications:older')}
            </Button>
          </Group>
        )}
      </ScrollArea.Autosize>
    </section>
  )
}
