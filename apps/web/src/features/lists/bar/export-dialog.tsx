import { Anchor, Modal, Progress, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { useFormats } from '../../../lib/format.ts'
import { followJob, type Job } from '../../../lib/jobs.ts'
import { useLabel } from '../../../lib/text.ts'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { sayProblem } from '../../../ui/notify.ts'
import type { DialogProps } from './dialog-props.ts'
import { conditionOf } from './selected.ts'

const FORMATS = ['csv', 'xlsx', 'jsonl'] as const
type Format = (typeof FORMATS)[number]

/** Takes the marked records out as a file, and says beforehand what won't be in it. */
export function ExportDialog({ module, search, selected, onClose }: DialogProps) {
  const { t } = useTranslation()
  const [format, setFormat] = useState<Format>('xlsx')
  const [job, setJob] = useState<Job>()
  const filter = conditionOf(selected)
  const make = useMutation({
    mutationFn: async () => {
      const body = { module: module.module, format, filter, ...(search.sort && { sort: search.sort }) }
      const { id } = await ask(api.POST('/api/v1/exports', { body }))
      return followJob(id, setJob)
    },
    onError: (error) => sayProblem(t, error),
  })
  if (make.data?.state === 'done') return <Ready id={make.data.id} onClose={onClose} />
  return (
    <FormDialog
      title={t('lists:export.title')}
      action={t('lists:export.action')}
      isSending={make.isPending}
      onSend={() => make.mutate()}
      onClose={onClose}
    >
      <Select
        label={t('lists:export.format')}
        data={FORMATS.map((one) => ({ value: one, label: t(`lists:export.formats.${one}`) }))}
        value={format}
        onChange={(next) => next && setFormat(next as Format)}
        allowDeselect={false}
      />
      <Contents module={module.module} filter={filter} />
      {make.isPending && <HowFar job={job} />}
      {make.data && <Text c="red">{make.data.error ?? t('lists:mass.stopped')}</Text>}
    </FormDialog>
  )
}

/** How many records the file will hold, and of which fields no more than a mask. */
function Contents({ module, filter }: { readonly module: string; readonly filter: unknown }) {
  const { t } = useTranslation()
  const label = useLabel()
  const formats = useFormats()
  const { data } = useQuery({
    queryKey: ['exports', 'preview', module, filter],
    queryFn: () => ask(api.POST('/api/v1/exports/preview', { body: { module, filter } })),
  })
  if (!data) return null
  const number = formats.number(data.count.value)
  const leftOut = formats.list(data.leftOut.map(({ name, field }) => label(name, field)))
  return (
    <>
      <Text c="dimmed">{t('lists:export.holds', { count: data.count.value, number })}</Text>
      {leftOut && <Text c="dimmed">{t('lists:export.leftOut', { fields: leftOut })}</Text>}
    </>
  )
}

function HowFar({ job }: { readonly job: Job | undefined }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const total = job?.total ?? 0
  const share = total > 0 ? (100 * (job?.done ?? 0)) / total : 0
  return (
    <Stack gap={4} role="status">
      <Progress value={share} aria-label={t('lists:export.running')} />
      <Text size="sm" c="dimmed">
        {t('lists:mass.progress', { done: formats.number(job?.done ?? 0), total: formats.number(total) })}
      </Text>
    </Stack>
  )
}

function Ready({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('lists:export.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="sm" role="status">
        <Text>{t('lists:export.ready')}</Text>
        <Anchor href={`/api/v1/exports/${id}/file`} download data-autofocus>
          {t('lists:export.download')}
        </Anchor>
      </Stack>
    </Modal>
  )
}
