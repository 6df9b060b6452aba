import { Progress, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'

interface Props {
  readonly label: string
  readonly job: { readonly done: number; readonly total: number | null } | undefined
}

/** How far a job is, with numbers. */
export function HowFar({ label, job }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [done, total] = [job?.done ?? 0, job?.total ?? 0]
  return (
    <Stack gap={4} mb="sm" role="status">
      <Text size="sm">{label}</Text>
      <Progress value={total > 0 ? (100 * done) / total : 0} aria-label={label} />
      <Text size="sm" c="dimmed" className="bw-figures">
        {total > 0
          ? t('imports:progress.of', { done: formats.number(done), total: formats.number(total) })
          : t('imports:progress.waiting')}
      </Text>
    </Stack>
  )
}
