import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DirectoryInput } from '../../../ui/directory-input.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'
import type { DialogProps } from './dialog-props.ts'
import { useMass } from './use-mass.tsx'

const OWNERS = ['user', 'team'] as const

/** Gives all marked records a new owner. */
export function TransferDialog({ module, selected, onClose }: DialogProps) {
  const { t } = useTranslation()
  const mass = useMass(module.module)
  const [owner, setOwner] = useState<string | null>(null)
  const [keepShares, setKeepShares] = useState(false)
  const send = () => {
    if (owner) void mass(selected, { transfer: { owner, keepShares } })
    onClose()
  }
  return (
    <FormDialog
      title={t('lists:transfer.title')}
      action={t('lists:transfer.action')}
      canSend={owner !== null}
      onSend={send}
      onClose={onClose}
    >
      <DirectoryInput kinds={OWNERS} label={t('lists:transfer.owner')} value={owner} onChange={setOwner} required />
      <Checkbox
        label={t('lists:transfer.keepShares')}
        checked={keepShares}
        onChange={(event) => setKeepShares(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
