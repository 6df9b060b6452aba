import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import type { ListSearch } from '../../lib/list-search.ts'
import type { ModuleInfo } from '../../lib/modules.ts'
import styles from './list.module.css'
import { useCount } from './table/use-rows.ts'

/** How many records there are: `10,000+` where there are more than were counted. */
export function ListCount({ module, search }: { readonly module: ModuleInfo; readonly search: ListSearch }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const count = useCount(module, search)
  if (!count) return null
  const counted = formats.number(count.value)
  const number = count.exact ? counted : t('lists:more', { number: counted })
  return (
    <Text
      component="output"
      className={`bw-figures ${styles.count}`}
      aria-label={t('lists:count', { count: count.value, number })}
    >
      {number}
    </Text>
  )
}
