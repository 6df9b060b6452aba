import { Anchor, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../lib/format.ts'
import { useModule } from '../../../lib/modules.ts'
import styles from './sales.module.css'
import type { Line, Lines } from './sales-queries.ts'

/** Lines as they were saved, with the sums that the server made. */
export function LinesTable({ lines }: { readonly lines: Lines }) {
  const { t } = useTranslation()
  const { money } = useFormats()
  const currency = lines.currency ?? undefined
  const sums = SUMS.flatMap((key) => {
    const value = lines.totals[key]
    return value === undefined ? [] : [{ key, value }]
  })
  return (
    <Table.ScrollContainer minWidth={520} scrollAreaProps={{ tabIndex: 0 }}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('record:lines.product')}</Table.Th>
            {FIGURES.map((key) => (
              <Table.Th key={key} ta="end">
                {t(`record:lines.${key}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no name but their place
            <LineRow key={index} line={line} currency={currency} />
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          {sums.map(({ key, value }) => (
            <Table.Tr key={key} className={key === 'total' ? styles.total : undefined}>
              <Table.Th scope="row" colSpan={FIGURES.length} ta="end" fw="inherit">
                {t(`record:totals.${key}`)}
              </Table.Th>
              <Table.Td ta="end" className="bw-figures">
                {money(value, currency)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  )
}

const FIGURES = ['quantity', 'unitPrice', 'discountPercent', 'taxPercent', 'total'] as const
const SUMS = ['subtotal', 'discount', 'net', 'tax', 'shipping', 'total'] as const

function LineRow({ line, currency }: { readonly line: Line; readonly currency: string | undefined }) {
  const { money, number, percent } = useFormats()
  const isLinked = useModule('products') !== undefined && line.product !== null
  return (
    <Table.Tr>
      <Table.Td>
        {isLinked ? (
          <Anchor component={Link} to={`/records/products/${line.product}`}>
            <bdi>{line.name}</bdi>
          </Anchor>
        ) : (
          <bdi>{line.name}</bdi>
        )}
        {line.description && (
          <Text size="sm" c="dimmed">
            <bdi>{line.description}</bdi>
          </Text>
        )}
      </Table.Td>
      <Figure>{number(line.quantity)}</Figure>
      <Figure>{money(line.unitPrice, currency)}</Figure>
      <Figure>{percent(line.discountPercent)}</Figure>
      <Figure>{percent(line.taxPercent)}</Figure>
      <Figure>{money(line.total, currency)}</Figure>
    </Table.Tr>
  )
}

function Figure({ children }: { readonly children: string }) {
  return (
    <Table.Td ta="end" className="bw-figures">
      {children}
    </Table.Td>
  )
}
