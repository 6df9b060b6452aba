import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isProblem } from '../../lib/api/problem.ts'
import { problemText } from '../../ui/problem-text.ts'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './policy-queries.ts'

interface Props {
  /** What tells this change from others. */
  readonly name: readonly unknown[]
  planIt(): Promise<Plan>
  /** Makes it count, or has it wait for approval. */
  applyIt(reason: string): Promise<unknown>
  /** What the way out is called. */
  readonly back: string
  onClose(): void
}

/** What a change would do, exactly, before it counts; and the button that makes it count. */
export function PlannedChange({ name, planIt, applyIt, back, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const plan = useQuery({
    queryKey: ['policy', 'plan', ...name],
    queryFn: planIt,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const applying = useMutation({ mutationFn: applyIt, onSuccess: onClose })
  const { applies = false, needed = 0 } = plan.data ?? {}
  const buttons = (
    <>
      <Button variant="default" onClick={onClose}>
        {back}
      </Button>
      {applies && (
        <Button loading={applying.isPending} onClick={() => applying.mutate(reason.trim())}>
          {needed > 0 ? t('admin:plan.send') : t('admin:plan.apply')}
        </Button>
      )}
    </>
  )
  return (
    <PlanFrame plan={plan.data} isPending={plan.isPending} error={plan.error} buttons={buttons} onClose={onClose}>
      {applies && (
        <>
          {needed > 0 && <Alert>{t('admin:plan.needed', { count: needed })}</Alert>}
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
