import { Autocomplete } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSubject } from './subject.ts'

interface Props {
  readonly value: string
  readonly onChange: (value: unknown) => void
}

/** Names what is known of the person who asks: region, department and the like. */
export function AttributeInput({ value, onChange }: Props) {
  const { t } = useTranslation()
  const { attributes } = useSubject()
  return (
    <Autocomplete
      size="xs"
      dir="ltr"
      aria-label={t('condition:attribute')}
      placeholder={t('condition:attribute')}
      data={[...attributes]}
      value={value}
      onChange={(next) => onChange({ user: next.trim() })}
      maxLength={63}
    />
  )
}
