import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import type { RecordAccess } from '../record-queries.ts'
import { type Names, useReasons } from './use-reasons.ts'

/** One's own access, in a sentence. */
export function OwnAccess({ access }: { readonly access: RecordAccess }) {
  const { t } = useTranslation()
  const { own } = access
  const reason = useReasons(access.names as Names)
  const { list } = useFormats()
  if (own.level === 'none') return null
  const reasons = list(own.because.map(reason))
  return (
    <Stack gap={4}>
      <Text>{t(`record:access.own.${own.level}`, { reasons })}</Text>
      {own.limits.map((limit) => (
        <Text key={`${limit.kind}${limit.by}`} size="sm" c="dimmed">
          {limit.kind === 'confidential'
            ? t('record:access.limit.confidential')
            : limit.by === undefined
              ? t('record:access.limit.someRestriction')
              : t('record:access.limit.restriction', { rule: limit.by })}
        </Text>
      ))}
    </Stack>
  )
}
