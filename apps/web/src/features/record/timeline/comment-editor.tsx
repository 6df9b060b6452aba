import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { sayProblem } from '../../../ui/notify.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import { CommentInput } from './comment-input.tsx'

interface Props {
  readonly commentId: string
  readonly was: string
  onClose(): void
}

/** Another text for one's own comment, in its place. */
export function CommentEditor({ commentId, was, onClose }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(was)
  const edit = useEdit(commentId, onClose)
  const isDirty = text.trim() !== was
  const submit = () => {
    if (edit.isPending || text.trim() === '') return
    if (isDirty) edit.mutate(text.trim())
    else onClose()
  }
  return (
    <Stack gap="xs">
      <CommentInput
        autoFocus
        text={text}
        isDirty={isDirty}
        label={t('record:comment.editing')}
        onText={setText}
        onSubmit={submit}
        onCancel={onClose}
      />
      <Group gap="xs">
        <Button size="xs" loading={edit.isPending} disabled={text.trim() === ''} onClick={submit}>
          {t('record:comment.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('record:cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

function useEdit(commentId: string, onDone: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { info, record } = useRecord()
  const path = { module: info.module, id: record.id, commentId }
  return useMutation({
    mutationFn: (text: string) =>
      ask(api.PATCH('/api/v1/records/{module}/{id}/comments/{commentId}', { params: { path }, body: { text } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keyOf(info.module, record.id, 'timeline') })
      onDone()
    },
    onError: (error) => sayProblem(t, error),
  })
}
