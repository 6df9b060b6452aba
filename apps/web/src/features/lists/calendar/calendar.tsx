import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isWritable } from '../../../lib/fields.ts'
import { useFormats } from '../../../lib/format.ts'
import { useMe } from '../../../lib/me.ts'
import { allows, fewQuery, type RecordItem } from '../../../lib/records.ts'
import { PageFailed } from '../../../ui/page-failed.tsx'
import { PageLoading } from '../../../ui/page-loading.tsx'
import type { LayoutProps } from '../table/record-table.tsx'
import styles from './calendar.module.css'
import { CalendarBar } from './calendar-bar.tsx'
import { dayIn, daysShown, type Span } from './days.ts'
import { entriesQuestion, whenFields } from './entries.ts'
import { MonthGrid } from './month-grid.tsx'

const HourGrid = lazy(async () => ({ default: (await import('./hour-grid.tsx')).HourGrid }))
const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The records when they are due or begin: on the days of a month, or in the hours of a day or a week. */
export function Calendar({ module, search, change }: LayoutProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { organization } = useMe()
  const [timeZone, setTimeZone] = useState(OWN_ZONE)
  const today = dayIn(Date.now(), timeZone)
  const span: Span = search.span ?? 'month'
  const day = search.day ?? today
  const days = useMemo(() => daysShown(day, span, formats.locale), [day, span, formats.locale])
  const list = useQuery({ ...fewQuery(entriesQuestion(module, search, days)), placeholderData: keepPreviousData })
  const records = (list.data?.items ?? []) as readonly RecordItem[]
  const when = whenFields(module)
  const moved = [when.start, when.end, when.due].filter((field) => field !== undefined)
  const canMove = (record: RecordItem) => allows(record, module.actions, 'update') && moved.every(isWritable)
  if (list.isError) return <PageFailed error={list.error} />
  const zones = [...new Set([OWN_ZONE, organization.timeZone])]
  const shown = { module, change, days, day, today, records, when, timeZone, canMove }
  return (
    <div className={styles.calendar}>
      <CalendarBar {...{ day, span, change, zones, timeZone }} onTimeZone={setTimeZone} />
      {list.data?.next && (
        <p className={styles.cut} role="status">
          {t('lists:calendar.cut', { number: formats.number(records.length) })}
        </p>
      )}
      {span === 'month' ? (
        <MonthGrid {...shown} />
      ) : (
        <Suspense fallback={<PageLoading />}>
          <HourGrid {...shown} />
        </Suspense>
      )}
    </div>
  )
}
