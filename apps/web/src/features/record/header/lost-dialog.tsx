import { Button, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  onClose(): void
  onLost(reason: string): void
}

/** A deal is lost for a reason: asked for, not demanded. */
export function LostDialog({ onClose, onLost }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onClose()
    onLost(reason.trim())
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('record:lost.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={t('record:lost.reason')}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
            data-autofocus
          />
          <Button type="submit">{t('record:lost.do')}</Button>
        </Stack>
      </form>
    </Modal>
  )
}
