import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'

const DateField = lazy(async () => ({ default: (await import('./date-inputs.tsx')).DateField }))

interface Props {
  readonly label: string
  /** YYYY-MM-DD. */
  readonly value: string | null
  onChange(day: string | null): void
}

const PLAIN = {
  'aria-label': undefined,
  name: 'until',
  required: false,
  error: undefined,
  autoFocus: undefined,
  disabled: undefined,
}

/** The last day of a share, which may have none. */
export function UntilField(props: Props) {
  return (
    <Suspense fallback={<Skeleton h={60} />}>
      <DateField {...PLAIN} {...props} clearable />
    </Suspense>
  )
}

/** A share lasts through its last day, where the person is. @returns an instant */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString()
}
