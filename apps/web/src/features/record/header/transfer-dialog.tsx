import { Button, Checkbox, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { AccessPreview } from '../access/access-preview.tsx'
import { PrincipalPicker } from '../access/principal-picker.tsx'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'

/** Gives the record a new owner, after showing who gains and who loses. */
export function TransferDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const [owner, setOwner] = useState<string | null>(null)
  const [name, setName] = useState('')
  const [keepShares, setKeepShares] = useState(false)
  const transfer = useTransfer(info.module, record.id, onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('record:transfer.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <PrincipalPicker
          label={t('record:transfer.to')}
          kinds={['user', 'team']}
          value={owner}
          onChange={(ref, label) => {
            setOwner(ref)
            setName(label)
          }}
        />
        <Checkbox
          label={t('record:transfer.keepShares')}
          checked={keepShares}
          onChange={({ currentTarget }) => setKeepShares(currentTarget.checked)}
        />
        {owner && (
          <>
            <AccessPreview change={{ transfer: { owner, keepShares } }} />
            <Button loading={transfer.isPending} onClick={() => transfer.mutate({ owner, keepShares })}>
              {t('record:transfer.do', { name })}
            </Button>
          </>
        )}
      </Stack>
    </Modal>
  )
}

function useTransfer(module: string, id: string, onDone: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (body: { readonly owner: string; readonly keepShares: boolean }) =>
      ask(api.POST('/api/v1/records/{module}/{id}/transfer', { params: { path: { module, id } }, body })),
    onSuccess: (record: unknown) => {
      say(t('record:transfer.done'))
      onDone()
      void queries.invalidateQueries({ queryKey: ['records', module, 'list'] })
      // Given away out of one's own sight.
      if (!record) return navigate({ to: '/records/$module', params: { module } })
      return queries.invalidateQueries({ queryKey: keyOf(module, id) })
    },
    onError: (error) => sayProblem(t, error),
  })
}
