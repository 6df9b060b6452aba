import { Group, Text } from '@mantine/core'
import { useNetwork } from '@mantine/hooks'
import { IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './offline-note.module.css'

/** Says that the network is away; what is on the page stays to be read. */
export function OfflineNote() {
  const { t } = useTranslation()
  const { online } = useNetwork()
  return (
    <div role="status">
      {!online && (
        <Group gap="xs" px="md" py={6} className={classes.note}>
          <IconCloudOff size={16} aria-hidden />
          <Text size="sm">{t('shell:offline')}</Text>
        </Group>
      )}
    </div>
  )
}
