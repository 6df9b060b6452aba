import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { onGate, openGate } from '../lib/api/session-gate.ts'
import { meQuery } from '../lib/me.ts'
import { sessionQuery } from '../lib/session.ts'

/** Not before the page itself: where a session has ended, the server is there to fetch it from. */
const SignInAgainDialog = lazy(async () => ({
  default: (await import('./sign-in-again-dialog.tsx')).SignInAgainDialog,
}))

let isWaiting = false
const subscribe = (changed: () => void) =>
  onGate((closed) => {
    isWaiting = closed
    changed()
  })

/** Where the session ended in the middle of work: signs in on top of the page, which stays as it is, with all that was typed. */
export function SignInAgain() {
  const opened = useSyncExternalStore(subscribe, () => isWaiting)
  const queries = useQueryClient()
  const before = queries.getQueryData(meQuery.queryKey)?.user.email
  const onDone = (email: string) => {
    // Somebody else's page must not stay under his eyes.
    if (before !== undefined && email.toLowerCase() !== before.toLowerCase()) return location.assign('/')
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    openGate(true)
  }
  if (!opened) return null
  return (
    <Suspense>
      <SignInAgainDialog email={before} onDone={onDone} onClose={() => openGate(false)} />
    </Suspense>
  )
}
