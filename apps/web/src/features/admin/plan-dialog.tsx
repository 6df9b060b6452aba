import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../lib/api/problem.ts'
import { useFormats } from '../../lib/format.ts'
import { say } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'
import { useDraft } from './draft.tsx'
import { PlanEffect } from './plan-effect.tsx'
import { PlanObjections } from './plan-objections.tsx'
import { PlanWaiting } from './plan-waiting.tsx'
import { applyPolicy, planPolicy } from './policy-queries.ts'

/** What the draft would do, exactly, before it counts; and the button that makes it count. */
export function PlanDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const draft = useDraft()
  const [reason, setReason] = useState('')
  const plan = useQuery({
    queryKey: ['policy', 'plan', draft.version, draft.document],
    queryFn: () => planPolicy(draft.document),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const applying = useApply(onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('admin:plan.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {plan.isPending && <PlanWaiting />}
        {plan.isError && (
          <Alert color="red" role="alert">
            {problemText(t, plan.error)}
          </Alert>
        )}
        {plan.data && <PlanObjections plan={plan.data} />}
        {plan.data && <PlanEffect plan={plan.data} />}
        {plan.data?.applies && (
          <>
            <TextInput
              label={t('admin:plan.reason')}
              description={t('admin:plan.reasonHelp')}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            {applying.error && (
              <Alert color="red" role="alert">
                {isProblem(applying.error, 412) ? t('admin:plan.moved') : problemText(t, applying.error)}
              </Alert>
            )}
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('admin:plan.back')}
          </Button>
          {plan.data?.applies && (
            <Button loading={applying.isPending} onClick={() => applying.mutate(reason.trim())}>
              {t('admin:plan.apply')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

function useApply(onDone: () => void) {
  const { t } = useTranslation()
  const formats = useFormats()
  const draft = useDraft()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (reason: string) => applyPolicy(draft.document, draft.version, reason),
    onSuccess: (answer) => {
      draft.discard()
      const text =
        'needed' in answer
          ? t('admin:plan.waits', { count: answer.needed })
          : t('admin:plan.applied', { version: formats.number(answer.version) })
      say(<Text size="sm">{text}</Text>)
      // What the person himself may do can be another now.
      void queries.invalidateQueries()
      onDone()
    },
  })
}
