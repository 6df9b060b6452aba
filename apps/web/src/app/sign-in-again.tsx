import { Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { onGate, openGate } from '../lib/api/session-gate.ts'
import { meQuery } from '../lib/me.ts'
import { sessionQuery } from '../lib/session.ts'

/** Fetched with the page's other parts, so that it is there when the session ends; but not before the page itself. */
const SignInForm = lazy(async () => ({ default: (await import('../features/sign-in/sign-in-form.tsx')).SignInForm }))

let isWaiting = false
const subscribe = (changed: () => void) =>
  onGate((closed) => {
    isWaiting = closed
    changed()
  })

/** Where the session ended in the middle of work: signs in on top of the page, which stays as it is, with all that was typed. */
export function SignInAgain() {
  const { t } = useTranslation()
  const opened = useSyncExternalStore(subscribe, () => isWaiting)
  const queries = useQueryClient()
  const before = queries.getQueryData(meQuery.queryKey)?.user.email
  const onDone = (email: string) => {
    // Somebody else's page must not stay under his eyes.
    if (before !== undefined && email.toLowerCase() !== before.toLowerCase()) return location.assign('/')
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
    openGate(true)
  }
  return (
    <Modal
      opened={opened}
      onClose={() => openGate(false)}
      title={t('sign-in:again.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      centered
    >
      <Suspense>
        <SignInForm email={before} note={t('sign-in:again.note')} onDone={onDone} />
      </Suspense>
    </Modal>
  )
}
