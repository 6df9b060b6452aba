import { ActionIcon, NumberInput, TextInput, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useModule } from '../../../lib/modules.ts'
import { recordQuery } from '../../../lib/records.ts'
import { LookupInput } from '../../../ui/lookup-input.tsx'
import type { DraftLine } from './draft-lines.ts'
import styles from './sales.module.css'

interface Props {
  readonly draft: DraftLine
  onChange(draft: DraftLine): void
  onRemove(): void
}

const FIGURES = ['quantity', 'unitPrice', 'discountPercent', 'taxPercent'] as const

/** One line, being written. A product brings its name, price and tax rate along, as far as the person reads them. */
export function LineFields({ draft, onChange, onRemove }: Props) {
  const { t } = useTranslation()
  const products = useModule('products')
  const queries = useQueryClient()
  const choose = async (product: string | null) => {
    if (product === null) return onChange({ ...draft, product })
    const { name, price, taxRate } = await queries.fetchQuery(recordQuery('products', product))
    onChange({
      ...draft,
      product,
      ...(typeof name === 'string' && { name }),
      ...(typeof price === 'number' && { unitPrice: price }),
      ...(typeof taxRate === 'number' && { taxPercent: taxRate }),
    })
  }
  return (
    <div className={styles.line}>
      {products && (
        <div className={styles.wide}>
          <LookupInput
            module="products"
            label={t('record:lines.product')}
            value={draft.product}
            onChange={(id) => void choose(id)}
          />
        </div>
      )}
      <TextInput
        className={styles.wide}
        label={t('record:lines.name')}
        value={draft.name}
        maxLength={500}
        onChange={({ currentTarget }) => onChange({ ...draft, name: currentTarget.value })}
      />
      {FIGURES.map((key) => (
        <NumberInput
          key={key}
          label={t(`record:lines.${key}`)}
          value={draft[key]}
          onChange={(value) => onChange({ ...draft, [key]: typeof value === 'bigint' ? Number(value) : value })}
          decimalScale={4}
          hideControls
          dir="ltr"
        />
      ))}
      <Tooltip label={t('record:lines.remove')}>
        <ActionIcon size={36} aria-label={t('record:lines.remove')} onClick={onRemove}>
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
