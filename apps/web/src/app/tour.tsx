import { lazy, Suspense } from 'react'
import { tour } from '../lib/opened.ts'

const TourCard = lazy(async () => ({ default: (await import('../features/tours/tour-card.tsx')).TourCard }))

/** The tour, on whatever page: fetched when it is first asked for. */
export function Tour() {
  const isOpen = tour.use()
  return <Suspense>{isOpen && <TourCard onClose={tour.close} />}</Suspense>
}
