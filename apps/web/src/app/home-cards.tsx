import { useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useSystemPermission } from '../lib/me.ts'

const TourOffer = lazy(async () => ({ default: (await import('../features/tours/tour-offer.tsx')).TourOffer }))
const WelcomeCard = lazy(async () => ({ default: (await import('../features/welcome/welcome-card.tsx')).WelcomeCard }))

/** What stands above the start page in the beginning, and then no more. */
export function HomeCards() {
  const isHome = useRouterState({ select: ({ location }) => location.pathname === '/' })
  const managesAccess = useSystemPermission('manageAccess')
  if (!isHome) return null
  return (
    <Suspense>
      {managesAccess && <WelcomeCard />}
      <TourOffer />
    </Suspense>
  )
}
