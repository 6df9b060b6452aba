import { Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { countTurnover } from '../../lib/plan-turnover.ts'
import { ActionTable } from './plan-actions.tsx'
import { Figures } from './plan-figures.tsx'
import { OtherEffects } from './plan-others.tsx'
import type { Plan } from './policy-queries.ts'
import { useCauseText } from './use-cause-text.ts'
import { texts, useItemName } from './use-item-text.ts'

const MOST_PEOPLE = 30

/** Who gains and who loses what, in numbers: exact, over the records as they are. */
export function PlanEffect({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const summary = useSummary(plan)
  return (
    <Stack gap="sm">
      <Text>{t('admin:plan.changes', { count: plan.changes.length })}</Text>
      {summary !== '' && (
        <Text fw={500} role="status">
          {summary}
        </Text>
      )}
      <Unlicensed modules={plan.effect.unlicensed} />
      {plan.effect.actions.length > 0 && <ActionTable plan={plan} />}
      <PeopleTable plan={plan} />
      <OtherEffects plan={plan} />
    </Stack>
  )
}

/** What is told of modules without a licence would otherwise be taken for what comes about now. */
function Unlicensed({ modules }: { readonly modules: readonly string[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
  if (modules.length === 0) return null
  const names = formats.list(modules.map((module) => nameOf('modules', module)))
  return <Text size="sm">{t('admin:plan.unlicensed', { modules: names })}</Text>
}

/** In how many people something changes. Nothing where it is told below and opens and closes nothing for anybody. */
function useSummary({ effect }: Plan): string {
  const { t } = useTranslation()
  const formats = useFormats()
  const { people, actions, permissions, figures, fields, signIn, moduleActions } = effect
  const effects = [people, actions, permissions, figures, fields, signIn, moduleActions]
  if (effects.every(({ length }) => length === 0)) return t('admin:plan.nobody')
  const { gaining, losing, otherwise } = countTurnover(effect)
  const [gain, lose] = [formats.number(gaining), formats.number(losing)]
  return [
    gaining + losing > 0 ? t('admin:plan.summary', { gain, lose }) : '',
    otherwise > 0 ? t('admin:plan.otherwise', { count: otherwise }) : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

function PeopleTable({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
  const causeText = useCauseText()
  const { people } = plan.effect
  if (people.length === 0) return null
  return (
    <>
      <Table verticalSpacing={4} className="bw-figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('admin:plan.who')}</Table.Th>
            <Table.Th>{t('admin:plan.what')}</Table.Th>
            <Table.Th ta="end">{t('admin:plan.records')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.slice(0, MOST_PEOPLE).map(({ user, module, actions, gained, lost, because }) => (
            <Table.Tr key={`${user} ${module} ${actions.join()}`}>
              <Table.Td>
                <bdi>{nameOf('users', user)}</bdi>
              </Table.Td>
              <Table.Td>
                {t('admin:plan.action', {
                  action: formats.list(texts(actions).map((action) => t(`admin:action.${action}`))),
                  module: nameOf('modules', module),
                })}
                <Text size="xs" c="dimmed">
                  {formats.list(because.map(causeText))}
                </Text>
              </Table.Td>
              <Table.Td ta="end">
                <Figures gained={gained} lost={lost} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {people.length > MOST_PEOPLE && (
        <Text size="sm" c="dimmed">
          {t('admin:more', { shown: formats.number(MOST_PEOPLE), all: formats.number(people.length) })}
        </Text>
      )}
    </>
  )
}
