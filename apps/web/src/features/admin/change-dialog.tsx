import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PlanFrame } from './plan-frame.tsx'
import { useDecision } from './use-decision.ts'
import { changeQuery } from './waiting-queries.ts'

/** What a change that waits would do, and the buttons to decide about it. */
export function ChangeDialog({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const change = useQuery(changeQuery(id))
  const decide = useDecision(onClose)
  const { plan, may, state } = change.data ?? {}
  const buttons = (
    <>
      {may?.decline && (
        <Button variant="default" loading={decide.isPending} onClick={() => decide.mutate({ id, what: 'decline' })}>
          {t('admin:waiting.decline')}
        </Button>
      )}
      {may?.approve && (
        <Button loading={decide.isPending} onClick={() => decide.mutate({ id, what: 'approve' })}>
          {t('admin:waiting.approve')}
        </Button>
      )}
    </>
  )
  return (
    <PlanFrame plan={plan} isPending={change.isPending} error={change.error} buttons={buttons} onClose={onClose}>
      {state === 'stale' && <Text>{t('admin:waiting.staleHelp')}</Text>}
    </PlanFrame>
  )
}
