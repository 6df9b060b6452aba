import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import { say } from '../../ui/notify.ts'
import { useDraft } from './draft.tsx'
import { PlannedChange } from './planned-change.tsx'
import { planVersion, restoreVersion } from './policy-queries.ts'

/** What it would do to bring a version back, before it counts. */
export function RestoreDialog({ number, onClose }: { readonly number: number; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { version } = useDraft()
  const queries = useQueryClient()
  const applyIt = async (reason: string) => {
    const answer = await restoreVersion(number, version, reason)
    const restored = { number: formats.number(number), version: formats.number(answer.version ?? number) }
    say('needed' in answer ? t('admin:plan.waits', { count: answer.needed }) : t('admin:version.restored', restored))
    // What the person himself may do can be another now.
    void queries.invalidateQueries()
  }
  return (
    <PlannedChange
      name={[version, number]}
      planIt={() => planVersion(number)}
      applyIt={applyIt}
      back={t('common:cancel')}
      onClose={onClose}
    />
  )
}
