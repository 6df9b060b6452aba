import { Button, Group, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { useRecord } from '../record-context.tsx'
import { keyOf } from '../record-queries.ts'
import { AccessPreview } from './access-preview.tsx'

/** One switch, with a plain statement of who keeps access; done only after it was shown who gains and who loses. */
export function ConfidentialSwitch({ confidential }: { readonly confidential: boolean }) {
  const { t } = useTranslation()
  const { info, record, may } = useRecord()
  const [wanted, setWanted] = useState<boolean>()
  const confide = useConfide(info.module, record.id, () => setWanted(undefined))
  if (!may('confide')) return confidential ? <Text size="sm">{t('record:confidential.is')}</Text> : null
  return (
    <Stack gap="xs">
      <Switch
        checked={wanted ?? confidential}
        onChange={({ currentTarget: { checked } }) => setWanted(checked === confidential ? undefined : checked)}
        label={t('record:confidential.label')}
        description={t('record:confidential.keeps')}
      />
      {wanted !== undefined && (
        <Stack gap="xs" ps="xl">
          <AccessPreview change={{ confidential: wanted }} />
          <Group gap="xs">
            <Button size="xs" loading={confide.isPending} onClick={() => confide.mutate(wanted)}>
              {t(wanted ? 'record:confidential.make' : 'record:confidential.lift')}
            </Button>
            <Button size="xs" variant="default" onClick={() => setWanted(undefined)}>
              {t('record:cancel')}
            </Button>
          </Group>
        </Stack>
      )}
    </Stack>
  )
}

export function useConfide(module: string, id: string, onDone: () => void) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (confidential: boolean) =>
      ask(
        api.POST('/api/v1/records/{module}/{id}/confidential', {
          params: { path: { module, id } },
          body: { confidential },
        }),
      ),
    onSuccess: (_, confidential) => {
      say(t(confidential ? 'record:confidential.made' : 'record:confidential.lifted'))
      onDone()
    },
    onError: (error) => sayProblem(t, error),
    onSettled: () => queries.invalidateQueries({ queryKey: keyOf(module, id) }),
  })
}
