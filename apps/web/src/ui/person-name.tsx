import { useTranslation } from 'react-i18next'
import type { Names } from '../lib/directory.ts'
import { useLabel } from '../lib/text.ts'
import styles from './field-value.module.css'
import { PersonAvatar } from './person-avatar.tsx'

interface Props {
  /** `user:anna` or `team:…` */
  readonly of: string
  readonly names?: Names
}

/** A person or team by name, with initials before it. */
export function PersonName({ of, names }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const entry = names?.get(of)
  // Until the name has come, its key says as much as can be said.
  const name = label(entry?.name, of.slice(of.indexOf(':') + 1))
  const isGone = entry?.active === false
  return (
    <span className={styles.person} title={isGone ? t('fields:inactive', { name }) : undefined}>
      <PersonAvatar name={name} size={20} />
      <bdi className={`${styles.cut} ${isGone ? styles.quiet : ''}`}>{name}</bdi>
    </span>
  )
}
