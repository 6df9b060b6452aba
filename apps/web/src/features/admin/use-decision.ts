import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { say, sayProblem } from '../../ui/notify.ts'
import { decideChange } from './waiting-queries.ts'

/** Approves, declines or withdraws a change, and says what came of it. */
export function useDecision(onDone?: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: decideChange,
    onSuccess: ({ state }) => {
      say(t(`admin:waiting.now.${state}`))
      onDone?.()
    },
    onError: (error) => sayProblem(t, error),
    // What the person himself may do can be another now; and what was refused may be as it is because of others.
    onSettled: () => queries.invalidateQueries(),
  })
}
