import { IconAlertTriangle, IconCircleCheck, IconEyeExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './health.module.css'
import type { Health } from './health.ts'

const ICONS = { risk: IconAlertTriangle, watch: IconEyeExclamation, good: IconCircleCheck } as const

/** A word, a sign and a colour for how a customer is doing; and what that rests on. */
export function HealthBadge({ health: { level, urgent, high } }: { readonly health: Health }) {
  const { t } = useTranslation()
  const Icon = ICONS[level]
  const why = [
    urgent > 0 && t('lists:health.urgent', { count: urgent }),
    high > 0 && t('lists:health.high', { count: high }),
    level === 'good' && t('lists:health.none'),
  ].filter((one) => one !== false)
  return (
    <span className={styles.badge} data-level={level} title={why.join(', ')}>
      <Icon size={14} stroke={1.6} aria-hidden />
      {t(`lists:health.level.${level}`)}
      <span className="bw-unseen">: {why.join(', ')}</span>
    </span>
  )
}
