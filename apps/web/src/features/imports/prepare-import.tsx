import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { PageLoading } from '../../ui/page-loading.tsx'
import { problemText } from '../../ui/problem-text.ts'
import { type ImportSource, mappingsQuery, type Options, previewImport } from './api.ts'
import { MapImport } from './map-import.tsx'
import { ReadingSettings } from './reading-settings.tsx'

interface Props {
  readonly source: ImportSource
  readonly onOther: () => void
}

/** Finds out how the file is read, then lets its columns be mapped. */
export function PrepareImport({ source, onOther }: Props) {
  const [reading, setReading] = useState<Options>({})
  const { module, file } = source
  const { data, error } = useQuery({
    queryKey: ['imports', 'detected', module, file.name, file.lastModified, file.size, reading],
    queryFn: () => previewImport(source, { options: reading }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  const remembered = useQuery({ ...mappingsQuery(module), gcTime: 0 })
  return (
    <Stack gap="lg">
      <FileLine file={file} rows={data?.rows} onOther={onOther} />
      {error && <Failed error={error} />}
      {(data || Object.keys(reading).length > 0) && (
        <ReadingSettings preview={data} reading={reading} onChange={setReading} />
      )}
      {data && !remembered.isPending && (
        <MapImport
          key={JSON.stringify(reading)}
          source={source}
          detected={data}
          remembered={remembered.data?.items.find(({ signature }) => signature === data.signature)?.mapping}
          reading={reading}
        />
      )}
      {!data && !error && <PageLoading />}
    </Stack>
  )
}

function FileLine({
  file,
  rows,
  onOther,
}: {
  readonly file: File
  readonly rows: number | undefined
  readonly onOther: () => void
}) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Group gap="md">
      <Text fw={600}>
        <bdi>{file.name}</bdi>
      </Text>
      {rows !== undefined && <Text c="dimmed">{t('imports:rows', { number: formats.number(rows) })}</Text>}
      <Button variant="default" onClick={onOther}>
        {t('imports:otherFile')}
      </Button>
    </Group>
  )
}

/** What is wrong with the file as a whole. */
function Failed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation()
  return (
    <Alert color="red" role="alert" title={t('imports:unreadable')}>
      <bdi>{problemText(t, error)}</bdi>
    </Alert>
  )
}
