import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../ui/problem-text.ts'
import { PlanEffect } from './plan-effect.tsx'
import { PlanObjections } from './plan-objections.tsx'
import { PlanWaiting } from './plan-waiting.tsx'
import { useDecision } from './use-decision.ts'
import { changeQuery } from './waiting-queries.ts'

/** What a change that waits would do, and the buttons to decide about it. */
export function ChangeDialog({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const change = useQuery(changeQuery(id))
  const decide = useDecision(onClose)
  const { plan, may, state } = change.data ?? {}
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('admin:plan.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {change.isPending && <PlanWaiting />}
        {change.isError && (
          <Alert color="red" role="alert">
            {problemText(t, change.error)}
          </Alert>
        )}
        {state === 'stale' && <Text>{t('admin:waiting.staleHelp')}</Text>}
        {plan && <PlanObjections plan={plan} />}
        {plan && <PlanEffect plan={plan} />}
        <Group justify="flex-end">
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
        </Group>
      </Stack>
    </Modal>
  )
}
