import { Button, List, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { say, sayProblem } from '../../../ui/notify.ts'
import { problemText } from '../../../ui/problem-text.ts'
import { useRecord } from '../record-context.tsx'
import { BecomesPart, type Choice } from './becomes-part.tsx'
import { bodyOf, type Choices, choicesOf } from './conversion.ts'
import { type Conversion, type ConversionPreview, conversionQuery } from './sales-queries.ts'

/** Makes of a lead an account, a contact and a deal: new ones, or such as are there. */
export function ConvertDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation()
  const { record } = useRecord()
  const preview = useQuery(conversionQuery(record.id))
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('record:convert.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {preview.isPending && <Skeleton h={160} aria-label={t('common:loading')} />}
      {preview.isError && <Text role="alert">{problemText(t, preview.error)}</Text>}
      {preview.data && <Form preview={preview.data} onClose={onClose} />}
    </Modal>
  )
}

function Form({ preview, onClose }: { readonly preview: ConversionPreview; onClose(): void }) {
  const { t } = useTranslation()
  const [choices, setChoices] = useState<Choices>(() => choicesOf(preview))
  const convert = useConvert(preview.version, onClose)
  if (preview.converted) return <Text>{t('record:convert.already')}</Text>
  if (!preview.mayConvert) return <Lacking missing={preview.missing} />
  const part = (key: keyof Choices, choice: Choice) => setChoices({ ...choices, [key]: choice })
  return (
    <Stack>
      <BecomesPart
        module="accounts"
        choice={choices.account}
        found={preview.duplicates.account}
        mayCreate={preview.proposed.account !== null}
        onChange={(choice) => part('account', choice)}
        optional
      />
      <BecomesPart
        module="contacts"
        choice={choices.contact}
        found={preview.duplicates.contact}
        mayCreate={preview.proposed.contact !== null}
        onChange={(choice) => part('contact', choice)}
      />
      {preview.proposed.deal && (
        <BecomesPart
          module="deals"
          choice={choices.deal}
          found={[]}
          mayCreate
          newOnly
          onChange={(choice) => part('deal', choice)}
          optional
        />
      )}
      <Button loading={convert.isPending} onClick={() => convert.mutate(bodyOf(choices))}>
        {t('record:convert.do')}
      </Button>
    </Stack>
  )
}

function Lacking({ missing }: { readonly missing: ConversionPreview['missing'] }) {
  const { t } = useTranslation()
  return (
    <Stack gap="xs">
      <Text>{t('record:convert.lacking')}</Text>
      <List size="sm">
        {missing.map(({ module, message }) => (
          <List.Item key={`${module}${message}`}>{message}</List.Item>
        ))}
      </List>
    </Stack>
  )
}

function useConvert(version: number, onDone: () => void) {
  const { t } = useTranslation()
  const { record } = useRecord()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (body: Conversion) =>
      ask(
        api.POST('/api/v1/records/leads/{id}/convert', {
          params: { path: { id: record.id } },
          headers: { 'if-match': `"${version}"` },
          body,
        }),
      ),
    onSuccess: async ({ account, contact, deal }) => {
      say(t('record:convert.done'))
      onDone()
      void queries.invalidateQueries({ queryKey: ['records'] })
      const [module, made] = deal?.record
        ? ['deals', deal]
        : contact?.record
          ? ['contacts', contact]
          : ['accounts', account]
      if (made?.record) await navigate({ to: '/records/$module/$id', params: { module, id: made.id } })
    },
    onError: (error) => sayProblem(t, error),
  })
}
