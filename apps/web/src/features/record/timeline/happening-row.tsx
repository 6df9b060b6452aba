import { Text } from '@mantine/core'
import { IconArrowsExchange, IconPaperclip, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Names } from '../../../lib/directory.ts'
import { useFormats } from '../../../lib/format.ts'
import { useMe } from '../../../lib/me.ts'
import { useLabel } from '../../../lib/text.ts'
import { ModuleIcon } from '../../../ui/module-icon.tsx'
import { PersonAvatar } from '../../../ui/person-avatar.tsx'
import { useRecord } from '../record-context.tsx'
import { ActivityEntry } from './activity-entry.tsx'
import { ChangeEntry } from './change-entry.tsx'
import { CommentEditor } from './comment-editor.tsx'
import { CommentEntry } from './comment-entry.tsx'
import { FileEntry } from './file-entry.tsx'
import { OwnCommentTools } from './own-comment-tools.tsx'
import { RelativeTime } from './relative-time.tsx'
import styles from './timeline.module.css'
import type { Happening } from './timeline-queries.ts'

interface Props {
  readonly item: Happening
  readonly names: Names
}

/** One entry: who, what, when. */
export function HappeningRow({ item, names }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const isOwn = useIsOwnComment(item)
  const [isEditing, setEditing] = useState(false)
  const row = useRef<HTMLLIElement>(null)
  const close = () => {
    setEditing(false)
    row.current?.focus()
  }
  const name = item.by ? label(names.get(item.by)?.name, item.by.split(':').at(-1)) : t('record:timeline.nobody')
  return (
    <li className={styles.row} ref={row} tabIndex={-1}>
      <span className={styles.sign}>
        <Sign item={item} name={name} />
      </span>
      <div>
        <div className={styles.head}>
          <Text span fw={500}>
            <bdi>{name}</bdi>
          </Text>
          <Text span size="sm" c="dimmed">
            {whatOf(t, item)}
          </Text>
          <Text span size="xs" c="dimmed">
            <RelativeTime at={item.at} />
          </Text>
          {item.editedAt && <Edited at={item.editedAt} />}
          {isOwn && !isEditing && <OwnCommentTools commentId={item.id} onEdit={() => setEditing(true)} />}
        </div>
        {isEditing ? (
          <CommentEditor commentId={item.id} was={item.text ?? ''} onClose={close} />
        ) : (
          <Content item={item} names={names} />
        )}
      </div>
    </li>
  )
}

/** Whether it is something that the person said himself, and may change. */
function useIsOwnComment({ kind, by }: Happening): boolean {
  const me = useMe()
  const { may } = useRecord()
  return kind === 'comment' && by === `user:${me.user.key}` && may('comment')
}

function Edited({ at }: { readonly at: string }) {
  const { t } = useTranslation()
  const { dateTime } = useFormats()
  return (
    <Text span size="xs" c="dimmed" title={dateTime(at)}>
      {t('record:did.edited')}
    </Text>
  )
}

function Sign({ item, name }: { readonly item: Happening; readonly name: string }): ReactNode {
  switch (item.kind) {
    case 'comment':
      return <PersonAvatar name={name} size={24} />
    case 'activity':
      return <ModuleIcon module="activities" />
    case 'file':
      return <IconPaperclip size={18} stroke={1.6} aria-hidden />
    case 'change':
      return item.action === 'transfer' ? (
        <IconArrowsExchange size={18} stroke={1.6} aria-hidden />
      ) : (
        <IconPencil size={18} stroke={1.6} aria-hidden />
      )
  }
}

const ACTIONS = [
  'create',
  'update',
  'delete',
  'restore',
  'transfer',
  'confide',
  'share',
  'unshare',
  'breakGlass',
] as const

function whatOf(t: (key: string) => string, { kind, action }: Happening): string {
  if (kind !== 'change') return t(`record:did.${kind}`)
  const known = ACTIONS.find((each) => each === action)
  return known ? t(`record:did.${known}`) : t('record:did.update')
}

function Content({ item, names }: Props): ReactNode {
  switch (item.kind) {
    case 'comment':
      return <CommentEntry item={item} names={names} />
    case 'activity':
      return <ActivityEntry item={item} />
    case 'file':
      return <FileEntry item={item} />
    case 'change':
      return <ChangeEntry item={item} names={names} />
  }
}
