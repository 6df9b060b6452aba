import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/format.ts'
import type { Plan } from './policy-queries.ts'
import { useCauseText } from './use-cause-text.ts'

type Warning = Plan['warnings'][number]

/** Says of a rule why it may as well not be there: "Sharing rule Nordic accounts: it matches no record, for nobody." */
export function useWarningText(): (warning: Warning) => string {
  const { t } = useTranslation()
  const formats = useFormats()
  const causeText = useCauseText()
  return ({ path, kind, holds, by }) => {
    const [, section = '', key = ''] = path.split('/')
    const isSharing = section === 'sharingRules'
    return t(`admin:warning.${holds}`, {
      rule: causeText({ kind: isSharing ? 'rule' : 'restriction', by: key }),
      what: t(`admin:warning.${kind === 'shadowed' && !isSharing ? 'idle' : kind}`),
      by: by.length > 0 ? t('admin:warning.by', { causes: formats.list(by.map(causeText)) }) : '',
    }).trim()
  }
}
