import { Box, Group, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { titleField, useModule } from '../../lib/modules.ts'
import { listQuery } from '../../lib/records.ts'
import { useLabel } from '../../lib/text.ts'
import { nameOf } from '../../lib/titles.ts'
import { PageFailed } from '../../ui/page-failed.tsx'
import { PageLoading } from '../../ui/page-loading.tsx'
import { PageMissing } from '../../ui/page-missing.tsx'

/** The records of a module. */
export function ListPage() {
  const { module } = useParams({ from: '/inside/records/$module' })
  const label = useLabel()
  const info = useModule(module)
  const title = info && titleField(info)?.field
  const list = useInfiniteQuery(listQuery({ module, sort: '-updatedAt' }))
  if (!info) return <PageMissing />
  if (list.isPending) return <PageLoading />
  if (list.isError) return <PageFailed error={list.error} />
  return (
    <Box p="md">
      <Group justify="space-between" pb="sm">
        <Title order={1}>{label(info.plural, module)}</Title>
      </Group>
      {list.data.pages
        .flatMap(({ items }) => items)
        .map((item) => (
          <Text key={item.id} component={Link} to={`/records/${module}/${item.id}`} display="block" py={4}>
            <bdi>{nameOf(title ? item[title] : item.id)}</bdi>
          </Text>
        ))}
    </Box>
  )
}
