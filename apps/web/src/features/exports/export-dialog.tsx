import { Button, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { closeExport, type Exporting } from '../../lib/export-dialog.ts'
import { followJob, type Job } from '../../lib/jobs.ts'
import { useModule } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { sayProblem } from '../../ui/notify.ts'
import { Contents, previewQuery } from './contents.tsx'
import { EarlierExports } from './earlier-exports.tsx'
import { ExportEnd, ExportProgress } from './export-progress.tsx'

const FORMATS = ['csv', 'xlsx', 'jsonl'] as const
type Format = (typeof FORMATS)[number]

/** Takes records out as a file, and says beforehand what it will hold and what not. */
export function ExportDialog({ exporting }: { readonly exporting: Exporting }) {
  const { t } = useTranslation()
  const label = useLabel()
  const module = useModule(exporting.module)
  return (
    <Modal
      opened
      onClose={closeExport}
      title={t('exports:title', { module: label(module?.plural, exporting.module) })}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <ExportForm exporting={exporting} />
        <EarlierExports />
      </Stack>
    </Modal>
  )
}

function ExportForm({ exporting }: { readonly exporting: Exporting }) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<Format>('xlsx')
  const [columns, setColumns] = useState<'shown' | 'all'>(exporting.fields ? 'shown' : 'all')
  const [masked, setMasked] = useState<'masked' | 'left'>('masked')
  const question = questionOf(exporting, columns)
  const preview = useQuery(previewQuery(question))
  const clear = preview.data?.fields.filter((field) => !field.masked).map(({ field }) => field)
  const { make, job } = useExport()
  const send = (event: FormEvent) => {
    event.preventDefault()
    const fields = masked === 'left' ? clear : question.fields
    make.mutate({ ...question, ...(exporting.sort && { sort: exporting.sort }), ...(fields && { fields }), format })
  }
  if (make.data) return <ExportEnd job={make.data} />
  const hasMasked = (preview.data?.leftOut.length ?? 0) > 0
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="sm">
        <Select
          label={t('exports:format')}
          data={FORMATS.map((one) => ({ value: one, label: t(`exports:formats.${one}`) }))}
          value={format}
          onChange={(next) => setFormat(FORMATS.find((one) => one === next) ?? format)}
          allowDeselect={false}
        />
        {exporting.fields && (
          <Radio.Group
            label={t('exports:fields.title')}
            value={columns}
            onChange={(next) => setColumns(next === 'shown' ? 'shown' : 'all')}
          >
            <Group gap="md" mt={4}>
              <Radio value="shown" label={t('exports:fields.shown')} />
              <Radio value="all" label={t('exports:fields.all')} />
            </Group>
          </Radio.Group>
        )}
        <Contents preview={preview.data} error={preview.error} />
        {hasMasked && (
          <Radio.Group
            label={t('exports:masked.title')}
            value={masked}
            onChange={(next) => setMasked(next === 'left' ? 'left' : 'masked')}
          >
            <Group gap="md" mt={4}>
              <Radio value="masked" label={t('exports:masked.masked')} />
              <Radio value="left" label={t('exports:masked.left')} disabled={clear?.length === 0} />
            </Group>
          </Radio.Group>
        )}
        {make.isPending && <ExportProgress job={job} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeExport}>
            {t('exports:close')}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={!preview.data}>
            {t('exports:action')}
          </Button>
        </Group>
        {make.isPending && (
          <Text size="sm" c="dimmed">
            {t('exports:goesOn')}
          </Text>
        )}
      </Stack>
    </form>
  )
}

function questionOf({ module, filter, ids, fields }: Exporting, columns: 'shown' | 'all') {
  const wanted = ids ? { field: 'id', op: 'in', value: ids } : filter
  return {
    module,
    ...(wanted !== undefined && { filter: wanted }),
    ...(columns === 'shown' && fields && { fields: [...fields] }),
  }
}

interface ExportWish {
  readonly module: string
  readonly format: Format
  readonly filter?: unknown
  readonly sort?: string
  readonly fields?: string[]
}

function useExport() {
  const { t } = useTranslation()
  const [job, setJob] = useState<Job>()
  const make = useMutation({
    mutationFn: async (body: ExportWish) => {
      const { id } = await ask(api.POST('/api/v1/exports', { body }))
      return followJob(id, setJob)
    },
    onError: (error) => sayProblem(t, error),
  })
  return { make, job }
}
