import { useTranslation } from 'react-i18next'
import type { Section } from './sections.ts'
import { useItemName } from './use-item-text.ts'

interface Cause {
  readonly kind: string
  readonly by?: string
}

/** What a cause's `by` names, where that is a thing of the document with a name of its own. */
const NAMED: Readonly<Record<string, Section>> = {
  team: 'teams',
  leader: 'teams',
  member: 'teams',
  rule: 'sharingRules',
  restriction: 'restrictionRules',
  profile: 'profiles',
  action: 'profiles',
}

/** Says by what somebody gains or loses: "Sharing rule Nordic accounts". */
export function useCauseText(): (cause: Cause) => string {
  const { t } = useTranslation()
  const nameOf = useItemName()
  return ({ kind, by }) => {
    // Of several profiles that allow it together there is none to name.
    if (kind === 'action' && by === undefined) return t('admin:cause.actions')
    const section = NAMED[kind]
    return t(`admin:cause.${kind}`, { by: by !== undefined && section ? nameOf(section, by) : (by ?? '') })
  }
}
