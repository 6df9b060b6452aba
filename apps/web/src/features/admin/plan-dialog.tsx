import { Alert, Button, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../lib/api/problem.ts'
import { useFormats } from '../../lib/format.ts'
import { say } from '../../ui/notify.ts'
import { problemText } from '../../ui/problem-text.ts'
import { useDraft } from './draft.tsx'
import { PlanFrame } from './plan-frame.tsx'
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
  const applies = plan.data?.applies === true
  const buttons = (
    <>
      <Button variant="default" onClick={onClose}>
        {t('admin:plan.back')}
      </Button>
      {applies && (
        <Button loading={applying.isPending} onClick={() => applying.mutate(reason.trim())}>
          {t('admin:plan.apply')}
        </Button>
      )}
    </>
  )
  return (
    <PlanFrame plan={plan.data} isPending={plan.isPending} error={plan.error} buttons={buttons} onClose={onClose}>
      {applies && (
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
    </PlanFrame>
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
