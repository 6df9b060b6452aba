import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Level } from '../../../lib/records.ts'
import { endOfDay, UntilField } from '../../../ui/until-field.tsx'
import { useRecord } from '../record-context.tsx'
import { AccessPreview } from './access-preview.tsx'
import { PrincipalPicker } from './principal-picker.tsx'
import { type NewShare, useShare } from './use-sharing.ts'

const LEVELS: readonly Level[] = ['read', 'edit', 'full']

/** Shares the record with a person or some people, at most at one's own level. */
export function ShareForm() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const [to, setTo] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [level, setLevel] = useState<Level>('read')
  const [until, setUntil] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const share = useShare(info.module, record.id)
  const levels = LEVELS.slice(0, LEVELS.indexOf(record.access) + 1)
  const wanted: NewShare | undefined =
    to === null ? undefined : { with: to, level, ...(until && { expiresAt: endOfDay(until) }) }
  const submit = () => {
    if (!wanted) return
    share.mutate({ ...wanted, ...(reason.trim() && { reason: reason.trim() }) }, { onSuccess: clear })
  }
  const clear = () => {
    setTo(null)
    setUntil(null)
    setReason('')
  }
  return (
    <Stack gap="xs">
      <PrincipalPicker
        label={t('record:share.with')}
        kinds={['user', 'team', 'role', 'group']}
        wide
        value={to}
        onChange={(ref, label) => {
          setTo(ref)
          setName(label)
        }}
      />
      {wanted && (
        <>
          <SegmentedControl
            value={level}
            onChange={(value) => setLevel(levels.find((known) => known === value) ?? 'read')}
            data={levels.map((value) => ({ value, label: t(`record:access.level.${value}`) }))}
            aria-label={t('record:share.level')}
          />
          <Group grow align="flex-start">
            <UntilField label={t('record:share.until')} value={until} onChange={setUntil} />
            <TextInput
              label={t('record:share.reason')}
              maxLength={1_000}
              value={reason}
              onChange={({ currentTarget }) => setReason(currentTarget.value)}
            />
          </Group>
          <AccessPreview change={{ share: wanted }} />
          <Text size="sm" c="dimmed">
            {t('record:share.note')}
          </Text>
          <Group>
            <Button onClick={submit} loading={share.isPending}>
              {t('record:share.do', { name })}
            </Button>
            <Button variant="default" onClick={clear}>
              {t('record:cancel')}
            </Button>
          </Group>
        </>
      )}
    </Stack>
  )
}
