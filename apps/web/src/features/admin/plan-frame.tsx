import { Alert, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../../ui/problem-text.ts'
import { PlanEffect } from './plan-effect.tsx'
import { PlanObjections } from './plan-objections.tsx'
import { PlanWaiting } from './plan-waiting.tsx'
import type { Plan } from './policy-queries.ts'

interface Props {
  readonly plan: Plan | undefined
  readonly isPending: boolean
  readonly error: Error | null
  /** Between what the plan says and the buttons. */
  readonly children?: ReactNode
  readonly buttons: ReactNode
  onClose(): void
}

/** What a change of the policy would do, while it is worked out and then; below it, what may be done about it. */
export function PlanFrame({ plan, isPending, error, children, buttons, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('admin:plan.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        {isPending && <PlanWaiting />}
        {error && (
          <Alert color="red" role="alert">
            {problemText(t, error)}
          </Alert>
        )}
        {plan && <PlanObjections plan={plan} />}
        {plan && <PlanEffect plan={plan} />}
        {children}
        <Group justify="flex-end">{buttons}</Group>
      </Stack>
    </Modal>
  )
}
