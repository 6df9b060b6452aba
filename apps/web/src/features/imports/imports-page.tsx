import { Anchor, Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { useModule } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageFailed } from '../../ui/page-failed.tsx'
import { PageLoading } from '../../ui/page-loading.tsx'
import { type OwnImport, ownImportsQuery } from './api.ts'
import styles from './imports.module.css'

/** One's own imports, newest first. */
export function ImportsPage() {
  const { t } = useTranslation()
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(ownImportsQuery())
  const items = data?.pages.flatMap((page) => page.items)
  return (
    <Stack className={styles.page} gap="lg">
      <Group justify="space-between">
        <Title order={1}>{t('imports:own.title')}</Title>
        <Button component={Link} to="/import">
          {t('imports:another')}
        </Button>
      </Group>
      {error && <PageFailed error={error} />}
      {!items && !error && <PageLoading />}
      {items?.length === 0 && <EmptyState title={t('imports:own.none')} text={t('imports:own.noneText')} />}
      {items && items.length > 0 && <Imports items={items} />}
      {hasNextPage && (
        <div>
          <Button variant="default" loading={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('imports:own.more')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function Imports({ items }: { readonly items: readonly OwnImport[] }) {
  const { t } = useTranslation()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
    <section className={styles.wide} tabIndex={0} aria-label={t('imports:own.title')}>
      <Table verticalSpacing="xs" fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('imports:own.file')}</Table.Th>
            <Table.Th>{t('imports:own.module')}</Table.Th>
            <Table.Th>{t('imports:own.when')}</Table.Th>
            <Table.Th>{t('imports:own.state')}</Table.Th>
            <Table.Th>{t('imports:result.created')}</Table.Th>
            <Table.Th>{t('imports:result.updated')}</Table.Th>
            <Table.Th>{t('imports:result.rejected')}</Table.Th>
            <Table.Th>{t('imports:undo.title')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((own) => (
            <OwnLine key={own.id} own={own} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function OwnLine({ own }: { readonly own: OwnImport }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const label = useLabel()
  const module = useModule(own.module)
  const name = own.fileName ?? t('imports:own.unnamed')
  return (
    <Table.Tr>
      <Table.Td className={styles.cell}>
        <Anchor component={Link} to={`/imports/${own.id}`} size="sm">
          <bdi>{name}</bdi>
        </Anchor>
      </Table.Td>
      <Table.Td>{label(module?.plural, own.module)}</Table.Td>
      <Table.Td>{formats.dateTime(own.createdAt)}</Table.Td>
      <Table.Td>
        {t(`imports:state.${own.state}`)}
        {own.dryRun && (
          <Text size="xs" c="dimmed">
            {t('imports:own.tried')}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="bw-figures">{formats.number(own.created)}</Table.Td>
      <Table.Td className="bw-figures">{formats.number(own.updated)}</Table.Td>
      <Table.Td className="bw-figures">{formats.number(own.rejected)}</Table.Td>
      <Table.Td>
        {own.undo.possible && (
          <Anchor component={Link} to={`/imports/${own.id}`} size="sm" aria-label={t('imports:own.undoOf', { name })}>
            {t('imports:own.undo')}
          </Anchor>
        )}
      </Table.Td>
    </Table.Tr>
  )
}
