import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './timeline.module.css'
import { useRemoveComment } from './use-remove-comment.tsx'

interface Props {
  readonly commentId: string
  onEdit(): void
}

/** What one can do with what one said: seen when the row is pointed at or walked into, and always where nothing can point. */
export function OwnCommentTools({ commentId, onEdit }: Props) {
  const { t } = useTranslation()
  const remove = useRemoveComment()
  return (
    <Group gap={2} className={`bw-no-print ${styles.tools}`}>
      <Tooltip label={t('record:comment.edit')}>
        <ActionIcon size="sm" aria-label={t('record:comment.edit')} onClick={onEdit}>
          <IconPencil size={14} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('record:comment.remove')}>
        <ActionIcon size="sm" aria-label={t('record:comment.remove')} onClick={() => remove(commentId)}>
          <IconTrash size={14} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </Group>
  )
}
