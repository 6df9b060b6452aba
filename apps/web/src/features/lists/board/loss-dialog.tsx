import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldInfo } from '../../../lib/modules.ts'
import { FieldInput } from '../../../ui/field-input.tsx'
import { FormDialog } from '../../../ui/form-dialog.tsx'

interface Props {
  readonly field: FieldInfo
  readonly onSend: (reason: unknown) => void
  readonly onClose: () => void
}

/** Asks why, before something is lost: next quarter somebody will want to know. */
export function LossDialog({ field, onSend, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState<unknown>(null)
  return (
    <FormDialog
      title={t('lists:board.lost')}
      action={t('lists:board.lose')}
      onSend={() => onSend(reason)}
      onClose={onClose}
    >
      <FieldInput field={field} value={reason} onChange={setReason} autoFocus />
    </FormDialog>
  )
}
