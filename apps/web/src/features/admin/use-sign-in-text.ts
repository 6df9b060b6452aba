import { WEEKDAYS } from '@bailiwick/access'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import type { Plan } from './policy-queries.ts'

type State = Plan['effect']['signIn'][number]['before']
type Way = State['ways'][number]

const DAYS: readonly string[] = WEEKDAYS
/** A Monday, to name weekdays by. */
const MONDAY = Date.UTC(2024, 0, 1)
const DAY = 86_400_000

/** Says when and from where somebody signs in: "Mon, Tue 08:00–17:00 (UTC), 10.0.0.0/8". */
export function useSignInText(): (state: State) => string {
  const { t, i18n } = useTranslation()
  const formats = useFormats()
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
  const dayName = (day: string) => weekday.format(MONDAY + DAYS.indexOf(day) * DAY)
  const windowText = ({ days, from, to, timeZone }: NonNullable<Way['windows']>[number]) =>
    `${formats.list(days.map(dayName))} ${from}–${to}${timeZone ? ` (${timeZone})` : ''}`
  const wayText = ({ windows, networks }: Way) =>
    [windows ? windows.map(windowText).join('; ') : t('admin:plan.anytime'), ...(networks ?? [])].join(', ')
  return ({ status, ways }) => {
    if (status === 'absent') return t('admin:plan.absent')
    if (status !== 'active') return t(`admin:choice.${status}`)
    return ways.length === 0 ? t('admin:plan.never') : ways.map(wayText).join(' / ')
  }
}
