import { Stack, Table, Text } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { countTurnover } from '../../lib/plan-turnover.ts'
import classes from './admin.module.css'
import type { Plan } from './policy-queries.ts'
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
      {plan.effect.actions.length > 0 && <ActionTable plan={plan} />}
      <PeopleTable plan={plan} />
      <OtherEffects plan={plan} />
    </Stack>
  )
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

function ActionTable({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const nameOf = useItemName()
  return (
    <Table verticalSpacing={4} className="bw-figures">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('admin:plan.what')}</Table.Th>
          <Table.Th ta="end">{t('admin:plan.people')}</Table.Th>
          <Table.Th ta="end">{t('admin:plan.records')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {plan.effect.actions.map(({ module, action, people, records }) => (
          <Table.Tr key={`${module} ${action}`}>
            <Table.Td>
              {t('admin:plan.action', { action: t(`admin:action.${action}`), module: nameOf('modules', module) })}
            </Table.Td>
            <Table.Td ta="end">
              <Figures gained={people.gaining} lost={people.losing} />
            </Table.Td>
            <Table.Td ta="end">
              <Figures gained={records.gained} lost={records.lost} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function PeopleTable({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
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
          {people.slice(0, MOST_PEOPLE).map(({ user, module, actions, gained, lost }) => (
            <Table.Tr key={`${user} ${module} ${actions.join()}`}>
              <Table.Td>
                <bdi>{nameOf('users', user)}</bdi>
              </Table.Td>
              <Table.Td>
                {t('admin:plan.action', {
                  action: formats.list(texts(actions).map((action) => t(`admin:action.${action}`))),
                  module: nameOf('modules', module),
                })}
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

/** Gains and losses: by sign and word, not by colour alone. */
function Figures({ gained, lost }: { readonly gained: number; readonly lost: number }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <>
      {gained > 0 && (
        <Text component="span" size="sm" className={classes.added} ms="xs">
          <IconPlus size={12} aria-label={t('admin:plan.gain')} />
          {formats.number(gained)}
        </Text>
      )}
      {lost > 0 && (
        <Text component="span" size="sm" className={classes.lost} ms="xs">
          <IconMinus size={12} aria-label={t('admin:plan.lose')} />
          {formats.number(lost)}
        </Text>
      )}
    </>
  )
}

/** Permissions, figures, fields and signing in: a line for each. */
function OtherEffects({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
  const { permissions, figures, fields, signIn, moduleActions } = plan.effect
  const names = (keys: readonly string[]) => formats.list(keys.slice(0, MOST_PEOPLE).map((key) => nameOf('users', key)))
  const turnover = (what: string, gaining: readonly string[], losing: readonly string[]) => [
    ...(gaining.length > 0 ? [t('admin:plan.gains', { who: names(gaining), what })] : []),
    ...(losing.length > 0 ? [t('admin:plan.loses', { who: names(losing), what })] : []),
  ]
  const lines = [
    ...permissions.flatMap(({ permission, gaining, losing }) =>
      turnover(t(`admin:permission.${permission}`), gaining, losing),
    ),
    ...moduleActions.flatMap(({ module, action, gaining, losing }) =>
      turnover(
        t('admin:plan.action', { action: t(`admin:action.${action}`), module: nameOf('modules', module) }),
        gaining,
        losing,
      ),
    ),
    ...figures.flatMap(({ module, gaining, losing }) =>
      turnover(t('admin:plan.figures', { module: nameOf('modules', module) }), gaining, losing),
    ),
    ...fields.flatMap(({ people, changes }) =>
      alike(changes).map(({ module, fields: changed, before, after, mask }) =>
        t('admin:plan.field', {
          who: names(people),
          field: `${nameOf('modules', module)}: ${formats.list(changed)}`,
          before: t(mask ? `admin:mask.${mask.before}` : `admin:choice.${before}`),
          after: t(mask ? `admin:mask.${mask.after}` : `admin:choice.${after}`),
        }),
      ),
    ),
    ...signIn.map(({ people }) => t('admin:plan.signIn', { who: names(people) })),
  ]
  return lines.map((line) => (
    <Text key={line} size="sm">
      {line}
    </Text>
  ))
}

/** Of a module mostly many fields change alike, as where somebody is made active: they are told in one line. */
function alike(changes: Plan['effect']['fields'][number]['changes']) {
  const groups = Map.groupBy(changes, ({ field: _field, ...alike }) => JSON.stringify(alike))
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first ? [{ ...first, fields: group.map(({ field }) => field) }] : []
  })
}
