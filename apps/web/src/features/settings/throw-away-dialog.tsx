import { Alert, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { problemText } from '../../ui/problem-text.ts'

interface Props {
  readonly name: string
  onClose(): void
}

/** Asks for the organization's name, since there is no way back. */
export function ThrowAwayDialog({ name, onClose }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const throwing = useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/demonstration', { body: { name } })),
    // Whoever did it is in it no more: nothing of it stays on the page.
    onSuccess: () => location.assign('/sign-in'),
  })
  return (
    <FormDialog
      title={t('settings:demonstration.throwAway')}
      action={t('settings:demonstration.throwAway')}
      canSend={typed.trim() === name}
      isSending={throwing.isPending || throwing.isSuccess}
      onSend={() => throwing.mutate()}
      onClose={onClose}
    >
      <Text>{t('settings:demonstration.warning')}</Text>
      <TextInput
        label={t('settings:demonstration.typeName', { name })}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      {throwing.error && (
        <Alert color="red" role="alert">
          {problemText(t, throwing.error)}
        </Alert>
      )}
    </FormDialog>
  )
}
