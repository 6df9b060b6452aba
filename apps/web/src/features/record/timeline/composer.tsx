import { Button, Group, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { sayProblem } from '../../../ui/notify.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import { CommentInput } from './comment-input.tsx'
import { COMPOSER } from './focus-composer.ts'

/** Where a comment is written. */
export function Composer() {
  const { t } = useTranslation()
  const { info, record } = useRecord()
  const [text, setText] = useState('')
  const post = usePost(info.module, record.id, () => setText(''))
  const isDirty = text.trim() !== ''
  const submit = () => isDirty && !post.isPending && post.mutate(text.trim())
  return (
    <Stack gap="xs" className="bw-no-print">
      <CommentInput
        id={COMPOSER}
        text={text}
        isDirty={isDirty}
        label={t('record:comment.label')}
        placeholder={t('record:comment.placeholder')}
        onText={setText}
        onSubmit={submit}
      />
      {isDirty && (
        <Group>
          <Button size="xs" loading={post.isPending} onClick={submit}>
            {t('record:comment.do')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

function usePost(module: string, id: string, onDone: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (text: string) =>
      ask(api.POST('/api/v1/records/{module}/{id}/comments', { params: { path: { module, id } }, body: { text } })),
    onSuccess: onDone,
    onError: (error) => sayProblem(t, error),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(module, id, 'timeline') }),
  })
}
