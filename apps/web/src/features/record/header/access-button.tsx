import { Button } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useRecord } from '../record-context.tsx'
import { accessQuery } from '../record-queries.ts'

/** The eye: how many can see the record, for who may know it; and the way to who and why. */
export function AccessButton({ onOpen }: { onOpen(): void }) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const { data } = useQuery(accessQuery(info.module, record.id))
  const count = data?.audienceCount
  const name = count === undefined ? t('record:access.title') : t('record:access.canSee', { count })
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconEye size={16} stroke={1.6} aria-hidden />}
      data-tour="audience"
      onClick={onOpen}
      aria-haspopup="dialog"
    >
      {name}
    </Button>
  )
}
