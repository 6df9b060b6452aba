import { useTranslation } from 'react-i18next'
import { useNames } from '../../lib/directory.ts'
import { useLabel } from '../../lib/text.ts'

/** The names of people, teams, roles and groups, by reference (`user:anna`, `role+:office`, `everyone`). */
export function usePrincipals(refs: readonly string[]): (ref: string) => string {
  const { t } = useTranslation()
  const label = useLabel()
  const names = useNames(refs.filter((ref) => ref !== 'everyone'))
  return (ref) => {
    if (ref === 'everyone') return t('record:access.everyone')
    const plain = label((names.get(ref) ?? names.get(ref.replace(/^role\+:/, 'role:')))?.name, ref.split(':').at(-1))
    return ref.startsWith('role+:') ? t('record:access.roleAndBelow', { role: plain }) : plain
  }
}
