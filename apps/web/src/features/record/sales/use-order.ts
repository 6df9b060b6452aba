import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { say, sayProblem } from '../../../ui/notify.ts'

/** Makes an order of a quote, and goes to it. */
export function useOrder(quote: RecordItem) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () =>
      ask(
        api.POST('/api/v1/records/quotes/{id}/order', {
          params: { path: { id: quote.id } },
          headers: { 'if-match': `"${quote.version}"` },
          body: {},
        }),
      ),
    onSuccess: async ({ order }) => {
      say(t('record:order.done'))
      void queries.invalidateQueries({ queryKey: ['records'] })
      if (order.record) await navigate({ to: '/records/$module/$id', params: { module: 'orders', id: order.id } })
    },
    onError: (error) => sayProblem(t, error),
  })
}
