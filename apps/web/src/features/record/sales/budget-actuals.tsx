import { Progress, Skeleton, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { actualsQuery } from './sales-queries.ts'

const FIGURES = ['planned', 'committed', 'actual', 'forecast', 'remaining'] as const

/** A budget against what came of it, as far as the person reads the fields behind each figure. */
export function BudgetActuals() {
  const { t } = useTranslation()
  const { record } = useRecord()
  const { money, percent, number } = useFormats()
  const actuals = useQuery(actualsQuery(record.id))
  if (actuals.isPending) return <Skeleton h={120} aria-label={t('common:loading')} />
  if (actuals.isError) return <Text role="alert">{problemText(t, actuals.error)}</Text>
  const { percentUsed, orders, ...figures } = actuals.data
  const shown = FIGURES.flatMap((key) => {
    const value = figures[key]
    return typeof value === 'number' ? [{ key, value }] : []
  })
  return (
    <Stack gap="sm" component="section" aria-labelledby="actuals">
      <Title order={2} size="h3" id="actuals">
        {t('record:actuals.title')}
      </Title>
      {typeof percentUsed === 'number' && (
        <>
          <Progress
            value={Math.min(percentUsed, 100)}
            color={percentUsed > 100 ? 'red' : undefined}
            aria-label={t('record:actuals.used', { percent: percent(percentUsed) })}
          />
          <Text size="sm">{t('record:actuals.used', { percent: percent(percentUsed) })}</Text>
        </>
      )}
      <Table>
        <Table.Tbody>
          {shown.map(({ key, value }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" fw={400}>
                {t(`record:actuals.${key}`)}
              </Table.Th>
              <Table.Td ta="end" className="bw-figures">
                {money(value)}
              </Table.Td>
            </Table.Tr>
          ))}
          {orders && (
            <Table.Tr>
              <Table.Th scope="row" fw={400}>
                {t('record:actuals.orders', { number: number(orders.count) })}
              </Table.Th>
              <Table.Td ta="end" className="bw-figures">
                {typeof orders.sum === 'number' ? money(orders.sum) : ''}
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}
