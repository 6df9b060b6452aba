import { Code, Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldName } from '../../lib/field-names.ts'
import type { FieldInfo } from '../../lib/modules.ts'
import { ComparedValue } from './compared-value.tsx'
import { newComparison, opsOf, withOp } from './comparisons.ts'
import styles from './condition.module.css'
import { type Comparison, isOrder, isUnary, OPS, type Op } from './condition.ts'
import { useSubject } from './subject.ts'

interface Props {
  readonly part: Comparison
  readonly number: number
  readonly remove: ReactNode
  readonly onChange: (part: Comparison) => void
}

/** A field, how it is compared, and with what. */
export function ComparisonEditor({ part, number, onChange, remove }: Props) {
  const { t } = useTranslation()
  const nameOf = useFieldName()
  const { fields, known } = useSubject()
  const field = known.find((one) => one.field === part.field)
  const offered = field && !fields.includes(field) ? [field, ...fields] : fields
  const choices = offered.map((one) => ({ value: one.field, label: nameOf(one) }))
  const choose = (key: string | null) => {
    const next = fields.find((one) => one.field === key)
    if (next && next !== field) onChange(newComparison(next))
  }
  return (
    <fieldset className={styles.part} aria-label={t('condition:part', { number })}>
      <div className={styles.field}>
        <Select
          size="xs"
          searchable
          openOnFocus={false}
          aria-label={t('condition:field')}
          data={field ? choices : [{ value: part.field, label: part.field }, ...choices]}
          error={field ? undefined : t('condition:noField')}
          value={part.field}
          onChange={choose}
          allowDeselect={false}
        />
      </div>
      <div className={styles.op}>
        <OpSelect part={part} field={field} onChange={onChange} />
      </div>
      <div className={styles.value}>
        {field && !isUnary(part.op) && (
          <ComparedValue
            field={field}
            op={part.op}
            value={part.value}
            onChange={(value) => onChange({ ...part, value })}
          />
        )}
        {!field && part.value !== undefined && <Code dir="ltr">{JSON.stringify(part.value)}</Code>}
      </div>
      <div className={styles.remove}>{remove}</div>
    </fieldset>
  )
}

interface OpProps {
  readonly part: Comparison
  readonly field: FieldInfo | undefined
  readonly onChange: (part: Comparison) => void
}

function OpSelect({ part, field, onChange }: OpProps) {
  const { t } = useTranslation()
  const ops = field ? opsOf(field) : []
  const offered = ops.includes(part.op) ? ops : [part.op, ...ops]
  const isDay = field?.type === 'date' || field?.type === 'dateTime'
  const nameOf = (op: Op) => (isDay && isOrder(op) ? t(`condition:when.${op}`) : t(`condition:op.${op}`))
  return (
    <Select
      size="xs"
      aria-label={t('condition:op.label')}
      data={offered.map((op) => ({ value: op, label: nameOf(op) }))}
      value={part.op}
      onChange={(next) => {
        const op = OPS.find((one) => one === next)
        if (op && op !== part.op) onChange(withOp(part, op))
      }}
      allowDeselect={false}
    />
  )
}
