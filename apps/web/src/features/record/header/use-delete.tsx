import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { say, sayProblem, unsay } from '../../../ui/notify.ts'

/** Puts a record into the recycle bin, and offers the way back for a while. */
export function useDelete(module: string, id: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const path = { module, id }
  const restore = async (toast: string) => {
    unsay(toast)
    try {
      await ask(api.POST('/api/v1/records/{module}/{id}/restore', { params: { path } }))
      await queries.invalidateQueries({ queryKey: ['records', module] })
      await navigate({ to: '/records/$module/$id', params: path })
    } catch (error) {
      sayProblem(t, error)
    }
  }
  return useMutation({
    mutationFn: () => ask(api.DELETE('/api/v1/records/{module}/{id}', { params: { path } })),
    onSuccess: async () => {
      await navigate({ to: '/records/$module', params: { module } })
      void queries.invalidateQueries({ queryKey: ['records', module] })
      const toast = say(
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{t('record:deleted')}</Text>
          <Button size="compact-sm" variant="subtle" onClick={() => void restore(toast)}>
            {t('record:undo')}
          </Button>
        </Group>,
        { autoClose: 10_000 },
      )
    },
    onError: (error) => sayProblem(t, error),
  })
}
