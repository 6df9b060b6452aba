import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask, sendForm } from '../../../lib/api/client.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { keyOf } from '../record-queries.ts'

/** Hangs files on a record, one after the other. */
export function useAddFiles(module: string, id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      for (const file of files) {
        const form = new FormData()
        form.set('file', file)
        await sendForm(`/api/v1/records/${encodeURIComponent(module)}/${encodeURIComponent(id)}/files`, form)
      }
    },
    onSuccess: (_, files) => say(t('record:file.added', { count: files.length })),
    onError: (error) => sayProblem(t, error),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(module, id, 'timeline') }),
  })
}

export function useRemoveFile(module: string, id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (fileId: string) => ask(api.DELETE('/api/v1/files/{fileId}', { params: { path: { fileId } } })),
    onSuccess: () => say(t('record:file.removed')),
    onError: (error) => sayProblem(t, error),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(module, id, 'timeline') }),
  })
}
