import { Group, Loader, Text } from '@mantine/core'
import { useInterval } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'

const SECOND = 1_000

/** A plan goes over every person and record: says so, and for how long already. */
export function PlanWaiting() {
  const { t } = useTranslation()
  const formats = useFormats()
  const [seconds, setSeconds] = useState(0)
  const { start, stop } = useInterval(() => setSeconds((now) => now + 1), SECOND)
  useEffect(() => {
    start()
    return stop
  }, [start, stop])
  return (
    <Group gap="sm" role="status">
      <Loader size="sm" />
      <Text>{t('admin:plan.waiting', { seconds: formats.number(seconds) })}</Text>
    </Group>
  )
}
