import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { useFormats } from '../../../lib/format.ts'
import { followJob, type Job } from '../../../lib/jobs.ts'
import { say, sayProblem, unsay } from '../../../ui/notify.ts'
import { updateSaid } from '../../../ui/notify-progress.ts'
import { sayChanged } from '../table/use-inline-edit.tsx'
import type { Selected } from './selected.ts'

/** What is done to the marked records. */
export type MassChange =
  | { readonly set: Record<string, unknown> }
  | { readonly transfer: { owner: string; keepShares?: boolean } }
  | { readonly delete: true }
  | { readonly restore: true }

interface Outcome {
  readonly changed: number
  readonly refused: readonly { readonly id: string; readonly reason: string }[]
  readonly deleted?: readonly string[]
}

/** Changes many records as a job whose progress is shown; what was deleted can be taken back. */
export function useMass(module: string): (selected: Selected, change: MassChange) => Promise<void> {
  const { t } = useTranslation()
  const formats = useFormats()
  const queries = useQueryClient()
  return useCallback(
    async function run(selected, change) {
      const toast = say(t('lists:mass.running'), { autoClose: false })
      const onStep = ({ done, total }: Job) =>
        total !== null &&
        updateSaid(toast, t('lists:mass.progress', { done: formats.number(done), total: formats.number(total) }))
      try {
        const job = await ask(
          api.POST('/api/v1/records/{module}/mass', { params: { path: { module } }, body: { ...selected, ...change } }),
        )
        const ended = await followJob(job.id, onStep)
        unsay(toast)
        const deleted = tell(ended)
        if (deleted.length > 0) offerUndo(deleted)
      } catch (error) {
        unsay(toast)
        sayProblem(t, error)
      }
      await Promise.all(['records', 'figures'].map((kind) => queries.invalidateQueries({ queryKey: [kind, module] })))

      function tell(ended: Job): string[] {
        const outcome = ended.result as Outcome | undefined
        if (ended.state !== 'done' || !outcome) {
          say(ended.error ?? t('lists:mass.stopped'), { autoClose: false })
          return []
        }
        const { changed, refused, deleted = [] } = outcome
        if (refused.length > 0) {
          const reasons = formats.list([...new Set(refused.map(({ reason }) => reason))])
          say(t('lists:mass.refused', { count: refused.length, reasons }), { autoClose: false })
        }
        if (changed > 0 && !('delete' in change)) say(t('lists:mass.changed', { count: changed }))
        return [...deleted]
      }
      function offerUndo(ids: string[]): void {
        const undo = () => void run({ ids }, { restore: true })
        sayChanged(t('lists:mass.deleted', { count: ids.length }), undo, t('lists:undo'))
      }
    },
    [module, t, formats, queries],
  )
}
