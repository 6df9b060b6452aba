import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { Figures } from './plan-figures.tsx'
import type { Plan } from './policy-queries.ts'
import { useCauseText } from './use-cause-text.ts'
import { useItemName } from './use-item-text.ts'

type ActionEffect = Plan['effect']['actions'][number]

/** What everybody together gains and loses, by what, and as in which records. */
export function ActionTable({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
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
        {alike(plan.effect.actions).map(({ names, effect }) => (
          <ActionRow key={`${effect.module} ${names.join()}`} names={names} effect={effect} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Actions that ask for the same level mostly fare alike: they are told in one line. */
function alike(actions: readonly ActionEffect[]) {
  const groups = Map.groupBy(actions, ({ action: _action, ...effect }) => JSON.stringify(effect))
  return [...groups.values()].flatMap((group) => {
    const [effect] = group
    return effect ? [{ names: group.map(({ action }) => action), effect }] : []
  })
}

function ActionRow({ names, effect }: { readonly names: readonly string[]; readonly effect: ActionEffect }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const nameOf = useItemName()
  const { module, people, records, samples } = effect
  return (
    <Table.Tr>
      <Table.Td>
        {t('admin:plan.action', {
          action: formats.list(names.map((action) => t(`admin:action.${action}`))),
          module: nameOf('modules', module),
        })}
        <Causes because={effect.because} />
        <Samples label={t('admin:plan.gained')} records={samples.gained} />
        <Samples label={t('admin:plan.lost')} records={samples.lost} />
      </Table.Td>
      <Table.Td ta="end">
        <Figures gained={people.gaining} lost={people.losing} />
      </Table.Td>
      <Table.Td ta="end">
        <Figures gained={records.gained} lost={records.lost} />
      </Table.Td>
    </Table.Tr>
  )
}

/** By what people gain and lose, and how many of them. */
function Causes({ because }: Pick<ActionEffect, 'because'>) {
  const causeText = useCauseText()
  return because.map((cause) => (
    <Text key={`${cause.kind} ${cause.by ?? ''}`} size="xs" c="dimmed">
      {causeText(cause)}
      <Figures gained={cause.gaining} lost={cause.losing} />
    </Text>
  ))
}

/** A few of the records: such as whoever looks at the plan reads himself. */
function Samples({ label, records }: { readonly label: string; readonly records: ActionEffect['samples']['gained'] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (records.length === 0) return null
  return (
    <Text size="xs" c="dimmed">
      {t('admin:plan.asIn', { what: label, records: formats.list(records.map(({ id, title }) => title ?? id)) })}
    </Text>
  )
}
