import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { Skeleton, Stack, Table, Text, Title, useDirection } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { useNames } from '../../lib/directory.ts'
import { useFormats } from '../../lib/format.ts'
import type { ModuleInfo } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import { problemText } from '../../ui/problem-text.ts'
import { hasFields } from './usable.ts'

interface Props {
  readonly title: string
  readonly module: ModuleInfo
  readonly by: 'stage' | 'owner'
  readonly filter: unknown
}

interface Row {
  readonly key: string
  readonly count: number
  /** Of open deals, mostly what is expected, since an amount comes late. */
  readonly value: number
}

const MOST = 12

/** The amount that is added up, where there is one to be: else records are counted. */
function measured(module: ModuleInfo): string | undefined {
  return ['expectedRevenue', 'amount'].find((key) => hasFields(module, key))
}

function numbersQuery(module: ModuleInfo, by: string, filter: unknown) {
  const field = measured(module)
  const measures = field ? [{ op: 'sum' as const, field }] : [{ op: 'count' as const }]
  return queryOptions({
    queryKey: ['records', module.module, 'numbers', by, filter],
    queryFn: async (): Promise<Row[]> => {
      const body = { groupBy: [by], measures, filter }
      const path = { module: module.module }
      const { groups } = await ask(api.POST('/api/v1/records/{module}/aggregate', { params: { path }, body }))
      return groups
        .flatMap(({ by: key, count, measures }) =>
          key ? [{ key: String(key[0] ?? ''), count, value: Number(measures[0] ?? 0) }] : [],
        )
        .sort((a, b) => b.value - a.value)
        .slice(0, MOST)
    },
  })
}

/** Sums by a field, drawn and as a table. Nothing at all where there are none. */
export function NumbersByField({ title, module, by, filter }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { dir } = useDirection()
  const { data: rows = [], isPending, error } = useQuery(numbersQuery(module, by, filter))
  const nameOf = useRowName(module, by, rows)
  if (isPending) return <Skeleton h={160} aria-hidden />
  if (error) {
    return (
      <Text role="alert" c="dimmed">
        {problemText(t, error)}
      </Text>
    )
  }
  if (rows.length === 0) return null
  const hasValue = measured(module) !== undefined
  const isRightToLeft = dir === 'rtl'
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Title order={2}>{title}</Title>
      <div dir="ltr" aria-hidden>
        <BarChart
          h={28 * rows.length + 40}
          data={rows.map((row) => ({ name: nameOf(row.key), value: row.value }))}
          dataKey="name"
          orientation="vertical"
          series={[
            {
              name: 'value',
              color: 'bailiwick.6',
              label: hasValue ? t('home:numbers.value') : t('home:numbers.count'),
            },
          ]}
          valueFormatter={formats.compact}
          gridAxis="none"
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ isAnimationActive: false, radius: 2 }}
          yAxisProps={{ width: 130, orientation: isRightToLeft ? 'right' : 'left' }}
          xAxisProps={{ reversed: isRightToLeft, domain: [0, 'auto'] }}
        />
      </div>
      <Table verticalSpacing={4} withRowBorders={false} className="bw-figures">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t(`home:numbers.by.${by}`)}</Table.Th>
            <Table.Th ta="end">{t('home:numbers.count')}</Table.Th>
            {hasValue && <Table.Th ta="end">{t('home:numbers.value')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Td>
                <Text component="bdi" size="sm">
                  {nameOf(row.key)}
                </Text>
              </Table.Td>
              <Table.Td ta="end">{formats.number(row.count)}</Table.Td>
              {hasValue && <Table.Td ta="end">{formats.money(Math.round(row.value))}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  )
}

function useRowName(module: ModuleInfo, by: Props['by'], rows: readonly Row[]): (key: string) => string {
  const { t } = useTranslation()
  const label = useLabel()
  const names = useNames(by === 'owner' ? rows.map(({ key }) => key) : [])
  const options = module.fields.find(({ field }) => field === by)?.options ?? []
  return (key) => {
    if (key === '') return t('home:numbers.none')
    if (by === 'owner') return label(names.get(key)?.name, key)
    return label(options.find(({ value }) => value === key)?.name, key)
  }
}
