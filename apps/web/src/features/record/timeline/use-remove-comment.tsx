import { Button, Group, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { isProblem } from '../../../lib/api/problem.ts'
import { say, sayProblem, unsay } from '../../../ui/notify.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import { focusComposer } from './focus-composer.ts'
import { comeBack, letLeave, WAY_BACK_MS } from './leaving-comments.ts'

/** Takes one's own comment away: out of sight at once, for good once the way back is closed. */
export function useRemoveComment(): (commentId: string) => void {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { info, record } = useRecord()
  const { module } = info
  const { id } = record
  const remove = async (commentId: string) => {
    const params = { path: { module, id, commentId } }
    try {
      await ask(api.DELETE('/api/v1/records/{module}/{id}/comments/{commentId}', { params, keepalive: true }))
    } catch (error) {
      // What somebody else's page has deleted already is as it was meant to be.
      if (!isProblem(error, 404)) {
        comeBack(commentId)
        sayProblem(t, error)
      }
    }
    await queries.invalidateQueries({ queryKey: keyOf(module, id, 'timeline') })
  }
  return (commentId) => {
    letLeave(commentId, () => remove(commentId))
    focusComposer()
    const toast = say(
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t('record:comment.removed')}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            unsay(toast)
            comeBack(commentId)
          }}
        >
          {t('record:undo')}
        </Button>
      </Group>,
      { autoClose: WAY_BACK_MS - 500 },
    )
  }
}
