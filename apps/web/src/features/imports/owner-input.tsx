import { Select, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DirectoryInput } from '../../ui/directory-input.tsx'
import type { Preview } from './api.ts'
import type { Draft, OwnerChoice } from './draft.ts'
import { OwnerNames } from './owner-names.tsx'

const OWNERS = ['user', 'team'] as const
const COLUMN = 'column '

interface Props {
  readonly preview: Preview
  readonly draft: Draft
  readonly me: string
  readonly onChange: (draft: Draft) => void
}

/** Whose the records become. Only for who may give them to others: everybody else's are his own. */
export function OwnerInput({ preview, draft, me, onChange }: Props) {
  const { t } = useTranslation()
  const { owner } = draft
  const set = (next: OwnerChoice) => onChange({ ...draft, owner: next })
  const columns = [...new Set(preview.columns.map(({ header }) => header))].filter((header) => header !== '')
  const choose = (value: string | null) => {
    if (value === 'me') set({ kind: 'me' })
    else if (value === 'one') set({ kind: 'one', owner: null })
    else if (value) set({ kind: 'column', column: value.slice(COLUMN.length), values: {} })
  }
  return (
    <Stack component="section" gap="xs" aria-labelledby="import-owner">
      <Title order={2} id="import-owner">
        {t('imports:owner.title')}
      </Title>
      <Select
        aria-label={t('imports:owner.title')}
        data={[
          { value: 'me', label: t('imports:owner.me') },
          { value: 'one', label: t('imports:owner.one') },
          ...columns.map((header) => ({
            value: `${COLUMN}${header}`,
            label: t('imports:owner.column', { column: header }),
          })),
        ]}
        value={owner.kind === 'column' ? `${COLUMN}${owner.column}` : owner.kind}
        onChange={choose}
        allowDeselect={false}
        searchable
        maw="24rem"
      />
      {owner.kind === 'one' && (
        <DirectoryInput
          kinds={OWNERS}
          label={t('imports:owner.who')}
          required
          value={owner.owner}
          onChange={(ref) => set({ kind: 'one', owner: ref })}
        />
      )}
      {owner.kind === 'column' && <OwnerNames preview={preview} owner={owner} me={me} onChange={set} />}
    </Stack>
  )
}
