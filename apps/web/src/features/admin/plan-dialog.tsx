import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { say } from '../../ui/notify.ts'
import { useDraft } from './draft.tsx'
import { PlannedChange } from './planned-change.tsx'
import { applyPolicy, planPolicy } from './policy-queries.ts'

/** What the draft would do, before it counts. */
export function PlanDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const draft = useDraft()
  const queries = useQueryClient()
  const applyIt = async (reason: string) => {
    const answer = await applyPolicy(draft.document, draft.version, reason)
    draft.discard()
    say(
      'needed' in answer
        ? t('admin:plan.waits', { count: answer.needed })
        : t('admin:plan.applied', { version: formats.number(answer.version) }),
    )
    // What the person himself may do can be another now.
    void queries.invalidateQueries()
  }
  return (
    <PlannedChange
      name={[draft.version, draft.document]}
      planIt={() => planPolicy(draft.document)}
      applyIt={applyIt}
      back={t('admin:plan.back')}
      onClose={onClose}
    />
  )
}
