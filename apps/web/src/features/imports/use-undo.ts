import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { followJob, type Job } from '../../lib/jobs.ts'
import { sayProblem } from '../../ui/notify.ts'

/** What came of undoing an import. */
export interface Undone {
  readonly undone: { readonly deleted: number; readonly restored: number; readonly partly: number }
  readonly left: {
    readonly count: number
    readonly records: readonly { readonly id: string; readonly reason: string }[]
  }
  readonly notPermitted: number
}

/** Undoes an import as a job. @returns how far it is, and what came of it */
export function useUndo(id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [job, setJob] = useState<Job>()
  const undo = useMutation({
    mutationFn: async (force: boolean) => {
      const path = { path: { id } }
      const started = await ask(api.POST('/api/v1/imports/{id}/undo', { params: path, body: { force } }))
      return followJob(started.id, setJob)
    },
    onError: (error) => sayProblem(t, error),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['imports', 'own'] })
      void queries.invalidateQueries({ queryKey: ['records'] })
    },
  })
  return { run: undo.mutate, isRunning: undo.isPending, job, ended: undo.data, result: readUndone(undo.data?.result) }
}

function readUndone(result: unknown): Undone | undefined {
  return typeof result === 'object' && result !== null && 'undone' in result && 'left' in result
    ? (result as Undone)
    : undefined
}
