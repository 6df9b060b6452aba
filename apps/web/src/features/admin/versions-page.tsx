import { Button, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { problemText } from '../../ui/problem-text.ts'
import classes from './admin.module.css'
import { useDraft } from './draft.tsx'
import { versionsQuery } from './policy-queries.ts'
import { RestoreDialog } from './restore-dialog.tsx'
import { useItemName } from './use-item-text.ts'
import { WaitingChanges } from './waiting-changes.tsx'

/** What was in force before, who changed it and why; any of it can be brought back. */
export function VersionsPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { version, isChanged } = useDraft()
  const nameOf = useItemName()
  const versions = useQuery(versionsQuery)
  const [restored, setRestored] = useState<number>()
  const inForce = Number(version.replaceAll('"', ''))
  return (
    <Stack gap="md" className={classes.section}>
      <Title order={1}>{t('admin:section.versions')}</Title>
      <Text c="dimmed">{t('admin:help.versions')}</Text>
      <WaitingChanges />
      {versions.isPending && <Skeleton h={200} />}
      {versions.isError && <Text role="alert">{problemText(t, versions.error)}</Text>}
      {versions.data && (
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('admin:version.number')}</Table.Th>
              <Table.Th>{t('admin:version.at')}</Table.Th>
              <Table.Th>{t('admin:version.author')}</Table.Th>
              <Table.Th>{t('admin:version.reason')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.data.items.map(({ number, at, author, reason }) => (
              <Table.Tr key={number}>
                <Table.Td className="bw-figures">{formats.number(number)}</Table.Td>
                <Table.Td>{formats.dateTime(at)}</Table.Td>
                <Table.Td>
                  <bdi>
                    {author.startsWith('user:') ? nameOf('users', author.slice(5)) : t('admin:version.operator')}
                  </bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>{reason ?? ''}</bdi>
                </Table.Td>
                <Table.Td ta="end">
                  {number === inForce ? (
                    t('admin:version.inForce')
                  ) : (
                    <Button variant="subtle" size="compact-sm" disabled={isChanged} onClick={() => setRestored(number)}>
                      {t('admin:version.restore')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {restored !== undefined && <RestoreDialog number={restored} onClose={() => setRestored(undefined)} />}
    </Stack>
  )
}
