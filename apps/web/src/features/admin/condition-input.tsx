import { JsonInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly label: string
  readonly description: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** A condition as the document has it. What is wrong with its fields and values, the review says. */
export function ConditionInput({ label, description, value, onChange }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value === undefined ? '' : JSON.stringify(value, null, 2))
  const isBroken = typed.trim() !== '' && parse(typed) === undefined
  return (
    <JsonInput
      label={label}
      description={description}
      dir="ltr"
      autosize
      minRows={2}
      maxRows={12}
      formatOnBlur
      placeholder={'{ "field": "amount", "op": "gte", "value": 100000 }'}
      error={isBroken ? t('admin:condition.broken') : undefined}
      value={typed}
      onChange={(next) => {
        setTyped(next)
        const read = parse(next)
        if (read !== undefined || next.trim() === '') onChange(read)
      }}
    />
  )
}

function parse(text: string): unknown {
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null ? read : undefined
  } catch {
    return undefined
  }
}
