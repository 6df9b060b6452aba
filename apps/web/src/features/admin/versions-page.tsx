import { Button, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { say, sayProblem } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'
import classes from './admin.module.css'
import { useDraft } from './draft.tsx'
import { restoreVersion, versionsQuery } from './policy-queries.ts'
import { useItemName } from './use-item-text.ts'
import { WaitingChanges } from './waiting-changes.tsx'

/** What was in force before, who changed it and why; any of it can be brought back. */
export function VersionsPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const { version, isChanged } = useDraft()
  const nameOf = useItemName()
  const versions = useQuery(versionsQuery)
  const restoring = useRestore()
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
                    <Button
                      variant="subtle"
                      size="compact-sm"
                      disabled={isChanged}
                      loading={restoring.isPending && restoring.variables === number}
                      onClick={() => restoring.mutate(number)}
                    >
                      {t('admin:version.restore')}
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  )
}

function useRestore() {
  const { t } = useTranslation()
  const formats = useFormats()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: restoreVersion,
    onSuccess: (answer, number) => {
      const restored = { number: formats.number(number), version: formats.number(answer.version ?? number) }
      say('needed' in answer ? t('admin:plan.waits', { count: answer.needed }) : t('admin:version.restored', restored))
      void queries.invalidateQueries()
    },
    onError: (error) => sayProblem(t, error),
  })
}
