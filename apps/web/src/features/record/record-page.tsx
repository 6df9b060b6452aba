import { Box, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { titleField, useModule } from '../../lib/modules.ts'
import { recordQuery } from '../../lib/records.ts'
import { useLabel } from '../../lib/text.ts'
import { nameOf } from '../../lib/titles.ts'
import { PageFailed } from '../../ui/page-failed.tsx'
import { PageLoading } from '../../ui/page-loading.tsx'
import { PageMissing } from '../../ui/page-missing.tsx'

/** One record. */
export function RecordPage() {
  const { module, id } = useParams({ from: '/inside/records/$module/$id' })
  const label = useLabel()
  const info = useModule(module)
  const record = useQuery(recordQuery(module, id))
  if (!info) return <PageMissing />
  if (record.isPending) return <PageLoading />
  if (record.isError) return <PageFailed error={record.error} />
  const title = titleField(info)?.field
  return (
    <Box p="md">
      <Title order={1}>
        <bdi>{nameOf(title ? record.data[title] : id)}</bdi>
      </Title>
      {info.fields.map(({ field, name }) => (
        <Text key={field}>
          {label(name, field)}: <bdi>{nameOf(record.data[field])}</bdi>
        </Text>
      ))}
    </Box>
  )
}
