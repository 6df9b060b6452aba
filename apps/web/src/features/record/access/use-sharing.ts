import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import type { Level } from '../../../lib/records.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { keyOf } from '../record-queries.ts'

export interface NewShare {
  readonly with: string
  readonly level: Level
  readonly expiresAt?: string
  readonly reason?: string
}

/** Shares a record. */
export function useShare(module: string, id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (share: NewShare) =>
      ask(api.POST('/api/v1/records/{module}/{id}/shares', { params: { path: { module, id } }, body: share })),
    onSuccess: () => say(t('record:share.done')),
    onError: (error) => sayProblem(t, error),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(module, id) }),
  })
}

/** Takes a share away. */
export function useUnshare(module: string, id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (principal: string) =>
      ask(
        api.DELETE('/api/v1/records/{module}/{id}/shares', {
          params: { path: { module, id } },
          body: { with: principal },
        }),
      ),
    onSuccess: () => say(t('record:share.taken')),
    onError: (error) => sayProblem(t, error),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(module, id) }),
  })
}
