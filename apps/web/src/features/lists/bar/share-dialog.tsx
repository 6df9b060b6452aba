import { Select } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { DirectoryInput } from '../../../ui/directory-input.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import { say, sayProblem } from '../../../ui/notify.ts'
import type { DialogProps } from './dialog-props.ts'

const ANYBODY = ['user', 'team', 'role', 'group'] as const
const LEVELS = ['read', 'edit', 'full'] as const
type Level = (typeof LEVELS)[number]

/** Shares all marked records with somebody. */
export function ShareDialog({ module, selected, onClose }: DialogProps) {
  const { t } = useTranslation()
  const [grantee, setGrantee] = useState<string | null>(null)
  const [level, setLevel] = useState<Level>('read')
  const share = useMutation({
    mutationFn: (to: string) =>
      ask(
        api.POST('/api/v1/records/{module}/shares', {
          params: { path: { module: module.module } },
          body: { ...selected, grants: [{ with: to, level }] },
        }),
      ),
    onSuccess: ({ changed, refused }) => {
      say(t('lists:share.done', { count: changed }))
      if (refused.length > 0) say(t('lists:share.refused', { count: refused.length }), { autoClose: false })
      onClose()
    },
    onError: (error) => sayProblem(t, error),
  })
  return (
    <FormDialog
      title={t('lists:share.title')}
      action={t('lists:share.action')}
      canSend={grantee !== null}
      isSending={share.isPending}
      onSend={() => grantee && share.mutate(grantee)}
      onClose={onClose}
    >
      <DirectoryInput kinds={ANYBODY} label={t('lists:share.with')} value={grantee} onChange={setGrantee} required />
      <Select
        label={t('lists:share.level')}
        data={LEVELS.map((one) => ({ value: one, label: t(`lists:share.levels.${one}`) }))}
        value={level}
        onChange={(next) => next && setLevel(next as Level)}
        allowDeselect={false}
      />
    </FormDialog>
  )
}
