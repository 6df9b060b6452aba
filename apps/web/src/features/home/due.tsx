import { IconAlertCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { isMasked } from '../../lib/titles.ts'
import classes from './home.module.css'

/** A day; one that is past says so by a sign and a word, too. */
export function Due({ day }: { readonly day: unknown }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (isMasked(day) || typeof day !== 'string') return null
  const isLate = day.slice(0, 10) < new Date().toLocaleDateString('sv-SE')
  if (!isLate) return formats.date(day)
  return (
    <span className={classes.late}>
      <IconAlertCircle size={14} aria-hidden /> {t('home:late', { day: formats.date(day) })}
    </span>
  )
}
