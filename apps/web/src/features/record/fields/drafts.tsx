import { Button, Group, Modal, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useBlocker } from '@tanstack/react-router'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

type Register = (step: 1 | -1) => void

const Drafts = createContext<Register | undefined>(undefined)

/** Holds the page where something typed isn't saved yet: the way out is asked about, by links and by the browser alike. */
export function DraftGuard({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const [drafts, setDrafts] = useState(0)
  const register = useCallback<Register>((step) => setDrafts((now) => now + step), [])
  const isDirty = drafts > 0
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  const isBlocked = blocker.status === 'blocked'
  // Most of what isn't saved is being saved: only what stays so is worth a question.
  const [isWaiting] = useDebouncedValue(isBlocked && isDirty, 400)
  useEffect(() => {
    // What was being saved while the way out was asked about is saved.
    if (isBlocked && !isDirty) blocker.proceed()
  }, [isBlocked, isDirty, blocker])
  return (
    <Drafts.Provider value={register}>
      {children}
      <Modal
        opened={isWaiting && isBlocked && isDirty}
        onClose={() => blocker.reset?.()}
        title={t('record:unsaved.title')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
        centered
      >
        <Text>{t('record:unsaved.text')}</Text>
        <Group mt="md">
          <Button onClick={() => blocker.reset?.()}>{t('record:unsaved.stay')}</Button>
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('record:unsaved.leave')}
          </Button>
        </Group>
      </Modal>
    </Drafts.Provider>
  )
}

/** Says that something typed would be lost. */
export function useDraft(isDirty: boolean): void {
  const register = useContext(Drafts)
  useEffect(() => {
    if (!isDirty || !register) return
    register(1)
    return () => register(-1)
  }, [isDirty, register])
}
