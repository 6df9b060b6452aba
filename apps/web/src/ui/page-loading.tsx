import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** The frame of a page whose data is on its way. */
export function PageLoading() {
  const { t } = useTranslation()
  return (
    <Stack p="md" gap="sm" role="status" aria-label={t('common:loading')}>
      <Skeleton h={28} w="40%" />
      <Skeleton h={16} />
      <Skeleton h={16} />
      <Skeleton h={16} w="80%" />
    </Stack>
  )
}
