import { Select, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { sayProblem } from '../../../ui/notify.ts'
import { PrincipalsPicker } from '../../../ui/principals-picker.tsx'
import { endOfDay, UntilField } from '../../../ui/until-field.tsx'
import type { DialogProps } from './dialog-props.ts'
import { ShareOutcome } from './share-outcome.tsx'

const LEVELS = ['read', 'edit', 'full'] as const
/** As many as one request takes. */
const MOST = 20

/** Shares all marked records with some people at one level, for good or until a day; then says how many were, and which weren't. */
export function ShareDialog({ module, selected, onClose }: DialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [grantees, setGrantees] = useState<readonly string[]>([])
  const [level, setLevel] = useState<(typeof LEVELS)[number]>('read')
  const [until, setUntil] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const terms = { level, ...(until && { expiresAt: endOfDay(until) }), ...(reason.trim() && { reason: reason.trim() }) }
  const share = useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/records/{module}/shares', {
          params: { path: { module: module.module } },
          body: { ...selected, grants: grantees.map((one) => ({ with: one, ...terms })) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['records', module.module] }),
    onError: (error) => sayProblem(t, error),
  })
  if (share.data) return <ShareOutcome module={module} outcome={share.data} onClose={onClose} />
  return (
    <FormDialog
      title={t('lists:share.title')}
      action={t('lists:share.action')}
      canSend={grantees.length > 0}
      isSending={share.isPending}
      onSend={share.mutate}
      onClose={onClose}
    >
      <PrincipalsPicker label={t('lists:share.with')} value={grantees} onChange={setGrantees} max={MOST} />
      <Select
        label={t('lists:share.level')}
        data={LEVELS.map((one) => ({ value: one, label: t(`lists:share.levels.${one}`) }))}
        value={level}
        onChange={(next) => setLevel(LEVELS.find((one) => one === next) ?? 'read')}
        allowDeselect={false}
      />
      <UntilField label={t('lists:share.until')} value={until} onChange={setUntil} />
      <TextInput
        label={t('lists:share.reason')}
        maxLength={1_000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
