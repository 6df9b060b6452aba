import '@mantine/dates/styles.css'
import { DateInput, DatesProvider, DateTimePicker } from '@mantine/dates'
import { type ReactNode, use } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../lib/format.ts'
import { parseDay } from '../lib/parse-day.ts'
import { firstDayOfWeek, weekendDays } from '../lib/week.ts'
import type { CommonProps } from './common-props.ts'

interface Props extends CommonProps {
  readonly value: string | null
  readonly onChange: (value: string | null) => void
  readonly clearable: boolean
}

/** A calendar day, YYYY-MM-DD: typed as the locale writes it, or picked. */
export function DateField({ value, onChange, ...rest }: Props) {
  const formats = useFormats()
  const clearButtonProps = useClearButton(rest)
  return (
    <InLocale>
      <DateInput
        {...rest}
        value={value}
        onChange={onChange}
        valueFormat={(day) => formats.date(day)}
        dateParser={(text) => parseDay(text, formats.locale) ?? null}
        clearButtonProps={clearButtonProps}
        placeholder={formats.date(EXAMPLE)}
      />
    </InLocale>
  )
}

const EXAMPLE = '2026-03-31'

/** An instant, shown and picked in the time zone of the person's own clock. */
export function DateTimeField({ value, onChange, 'aria-label': label, ...rest }: Props) {
  const { t } = useTranslation()
  const formats = useFormats()
  const clearButtonProps = useClearButton({ ...rest, 'aria-label': label })
  return (
    <InLocale>
      <DateTimePicker
        {...rest}
        aria-label={label}
        value={value === null ? null : localOf(new Date(value))}
        onChange={(local) => onChange(local === null ? null : new Date(local.replace(' ', 'T')).toISOString())}
        valueFormat={(local) => formats.dateTime(local.replace(' ', 'T'))}
        clearButtonProps={clearButtonProps}
        submitButtonProps={{ 'aria-label': t('common:close') }}
      />
    </InLocale>
  )
}

function useClearButton({ label, 'aria-label': ariaLabel }: Pick<Props, 'label' | 'aria-label'>) {
  const { t } = useTranslation()
  return { 'aria-label': t('fields:clear', { field: label ?? ariaLabel ?? '' }) }
}

/** `YYYY-MM-DD HH:mm:ss` by the clock of this device. */
function localOf(instant: Date): string {
  const shifted = new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 19).replace('T', ' ')
}

/** The calendar's own words: months and weekdays, one small file a language. */
const LOADERS: Readonly<Record<string, () => Promise<unknown>>> = {
  fi: () => import('dayjs/locale/fi'),
  sv: () => import('dayjs/locale/sv'),
  ar: () => import('dayjs/locale/ar'),
  'zh-Hans': () => import('dayjs/locale/zh-cn'),
}
const loaded = new Map<string, Promise<unknown>>()

function InLocale({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation()
  const { locale } = useFormats()
  const wanted = loaded.get(i18n.language) ?? LOADERS[i18n.language]?.() ?? Promise.resolve()
  loaded.set(i18n.language, wanted)
  use(wanted)
  const settings = {
    locale: i18n.language === 'zh-Hans' ? 'zh-cn' : i18n.language,
    firstDayOfWeek: firstDayOfWeek(locale),
    weekendDays: weekendDays(locale),
  }
  return <DatesProvider settings={settings}>{children}</DatesProvider>
}
