import { Alert, List } from '@mantine/core'
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Plan } from './policy-queries.ts'
import { useWarningText } from './use-warning-text.ts'

/** What stands against the draft: problems, tests and invariants that don't hold, data that would be lost; and rules that do nothing. */
export function PlanObjections({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const warningText = useWarningText()
  const failing = plan.tests.filter(({ passed }) => !passed)
  const broken = plan.invariants.filter(({ holds }) => !holds)
  const lines = [
    ...plan.problems.map(({ path, message, cure }) => `${path}: ${message} ${cure}`),
    ...failing.map(({ test, failures }) => t('admin:plan.testFails', { name: test, why: failures.join(' ') })),
    ...broken.map(({ invariant, violators }) =>
      t('admin:plan.invariantFails', { name: invariant, who: violators.join(', ') }),
    ),
    ...plan.destroys.map(({ module, field }) =>
      t('admin:plan.destroys', { what: field ? `${module}.${field}` : module }),
    ),
  ]
  const others = plan.errors.filter(({ path }) => !plan.problems.some((known) => known.path === path))
  const all = lines.length > 0 ? lines : others.map(({ path, message }) => `${path}: ${message}`)
  return (
    <>
      {all.length > 0 && (
        <Alert color="red" role="alert" icon={<IconCircleX aria-hidden />} title={t('admin:plan.stops')}>
          <Lines lines={all} />
        </Alert>
      )}
      {plan.warnings.length > 0 && (
        <Alert color="gray" icon={<IconAlertTriangle aria-hidden />} title={t('admin:plan.warns')}>
          <Lines lines={plan.warnings.map(warningText)} />
        </Alert>
      )}
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <List size="sm" spacing={2}>
      {lines.map((line) => (
        <List.Item key={line}>
          <bdi>{line}</bdi>
        </List.Item>
      ))}
    </List>
  )
}
