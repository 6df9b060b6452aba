import { Table, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import { isNumeric } from '../../lib/fields.ts'
import { useFormats } from '../../lib/format.ts'
import type { FieldInfo } from '../../lib/modules.ts'
import { FieldValue } from '../../ui/field-value.tsx'
import type { Preview } from './api.ts'
import type { Draft } from './draft.ts'
import styles from './imports.module.css'

type Row = Preview['preview'][number]
type Cell = Row['cells'][number]

interface Shown {
  readonly index: number
  readonly title: string
  readonly field: FieldInfo | undefined
}

/** The first rows as they would come in; what is wrong with a cell stands in it. */
export function PreviewTable({ preview, draft }: { readonly preview: Preview; readonly draft: Draft }) {
  const { t } = useTranslation()
  const columns = useShown(preview, draft)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keyboard too
    <section className={styles.scroll} tabIndex={0} aria-label={t('imports:preview.rows')}>
      <Table stickyHeader verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('imports:preview.row')}</Table.Th>
            {columns.map(({ index, title }) => (
              <Table.Th key={index}>{title}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.preview.map((row) => (
            <RowLine key={row.row} row={row} columns={columns} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function useShown({ columns, fields }: Preview, { columns: chosen, owner }: Draft): Shown[] {
  const nameOf = useFieldName()
  const seen = new Set<string>()
  return columns.flatMap(({ header }, index): Shown[] => {
    const key = chosen[header]?.field ?? (owner.kind === 'column' && owner.column === header ? 'owner' : undefined)
    if (key === undefined || seen.has(header)) return []
    seen.add(header)
    const field = fields.find((one) => one.field === key)
    return [{ index, title: nameOf(field ?? { field: key, name: key }), field }]
  })
}

function RowLine({ row, columns }: { readonly row: Row; readonly columns: readonly Shown[] }) {
  const formats = useFormats()
  return (
    <Table.Tr>
      <Table.Td className={`${styles.cell} ${row.errors.length > 0 ? styles.wrong : ''}`}>
        <span className="bw-figures">{formats.number(row.row)}</span>
        {row.errors.map((error) => (
          <Wrong key={error} message={error} />
        ))}
      </Table.Td>
      {columns.map(({ index, field }) => {
        const cell = row.cells[index]
        return (
          <Table.Td key={index} className={`${styles.cell} ${cell?.error ? styles.wrong : ''}`}>
            {cell && <CellValue cell={cell} field={field} />}
            {cell?.error && <Wrong message={cell.error} />}
          </Table.Td>
        )
      })}
    </Table.Tr>
  )
}

const READ: ReadonlySet<string> = new Set(['date', 'dateTime', 'boolean', 'choice', 'choices'])

/** Dates, numbers and choices as they were read; everything else as it stands in the file. */
function CellValue({ cell, field }: { readonly cell: Cell; readonly field: FieldInfo | undefined }) {
  const isRead = field && cell.read !== undefined && (READ.has(field.type) || isNumeric(field))
  if (isRead) return <FieldValue field={field} value={cell.read} compact />
  return (
    <Text span size="sm" className={styles.long}>
      <bdi>{cell.value}</bdi>
    </Text>
  )
}

function Wrong({ message }: { readonly message: string }) {
  return (
    <span className={styles.error}>
      <IconAlertTriangle size={14} aria-hidden />
      <bdi lang="en">{message}</bdi>
    </span>
  )
}
