import { Button, Group, Stack, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lib/me.ts'
import { type ImportSource, type Mapping, type Options, type Preview, previewImport } from './api.ts'
import { ColumnList } from './column-list.tsx'
import { type Draft, rememberedDraft, suggestedDraft, wishOf } from './draft.ts'
import { ExistingChoice } from './existing-choice.tsx'
import { ImportPreview } from './import-preview.tsx'
import { OwnerInput } from './owner-input.tsx'
import { StartBar } from './start-bar.tsx'

interface Props {
  readonly source: ImportSource
  readonly detected: Preview
  /** Of a file with the same columns. */
  readonly remembered: Mapping | undefined
  readonly reading: Options
}

/** Which column becomes which field, whose the records are, and what that would come to. */
export function MapImport({ source, detected, remembered, reading }: Props) {
  const me = `user:${useMe().user.key}`
  const [before] = useState(() => remembered && rememberedDraft(detected, remembered))
  const [draft, setDraft] = useState<Draft>(() => before ?? suggestedDraft(detected, me))
  const [isRemembered, setRemembered] = useState(before !== undefined)
  const wish = wishOf(draft, reading)
  const { data, error, isFetching } = useQuery({
    queryKey: ['imports', 'preview', source.module, source.file.name, source.file.lastModified, wish],
    queryFn: () => previewImport(source, wish),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  })
  const isEmpty = Object.keys(draft.columns).length === 0
  const suggest = () => {
    setDraft(suggestedDraft(detected, me))
    setRemembered(false)
  }
  return (
    <Stack gap="lg">
      {isRemembered && <AsLastTime onSuggest={suggest} />}
      <ColumnList
        key={String(isRemembered)}
        module={source.module}
        columns={detected.columns}
        fields={detected.fields}
        draft={draft}
        onChange={setDraft}
      />
      {detected.owners.mayChoose && <OwnerInput preview={data ?? detected} draft={draft} me={me} onChange={setDraft} />}
      <ExistingChoice module={source.module} fields={detected.fields} draft={draft} onChange={setDraft} />
      {!isEmpty && <ImportPreview preview={data} error={error} isFetching={isFetching} draft={draft} />}
      <StartBar
        source={source}
        wish={wish}
        preview={data}
        isReady={!isEmpty && !error && data !== undefined && !isFetching}
      />
    </Stack>
  )
}

function AsLastTime({ onSuggest }: { readonly onSuggest: () => void }) {
  const { t } = useTranslation()
  return (
    <Group gap="sm" role="status">
      <Text c="dimmed">{t('imports:columns.remembered')}</Text>
      <Button variant="subtle" size="compact-md" onClick={onSuggest}>
        {t('imports:columns.suggest')}
      </Button>
    </Group>
  )
}
