import type { ReactNode } from 'react'
import type { Names } from '../../../lib/directory.ts'
import { useLabel } from '../../../lib/text.ts'
import { splitMentions } from './mention-text.ts'
import styles from './timeline.module.css'
import type { Happening } from './timeline-queries.ts'

/** What somebody said; those whom it mentions stand in it by their names. */
export function CommentEntry({ item, names }: { readonly item: Happening; readonly names: Names }) {
  const label = useLabel()
  const nameOf = (user: string): ReactNode => (
    <bdi key={user} className={styles.mention}>
      @{label((names.get(`user:${user}`) ?? names.get(user))?.name, user)}
    </bdi>
  )
  const mentioned = new Set((item.mentions ?? []).map((ref) => ref.replace(/^user:/, '')))
  return (
    <div className={styles.text} dir="auto">
      {splitMentions(item.text ?? '', mentioned).map(({ at, text, user }) => (
        <span key={at}>{user === undefined ? text : nameOf(user)}</span>
      ))}
    </div>
  )
}
