import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { useLabel } from '../../../lib/text.ts'

type Kind = 'user' | 'team' | 'role' | 'group'

interface Props {
  readonly label: string
  readonly kinds: readonly Kind[]
  /** Also `everyone`, and roles with all below them. */
  readonly wide?: boolean
  readonly value: string | null
  onChange(ref: string | null, name: string): void
}

function directoryQuery(q: string, kinds: readonly Kind[]) {
  return queryOptions({
    queryKey: ['directory', 'choose', kinds, q],
    queryFn: ({ signal }) =>
      ask(
        api.GET('/api/v1/directory', {
          params: { query: { ...(q && { q }), kind: kinds.join(','), limit: '20' } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

/** Somebody, or some people, of the organization. */
export function PrincipalPicker({ label, kinds, wide = false, value, onChange }: Props) {
  const { t } = useTranslation()
  const text = useLabel()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState('')
  const [asked] = useDebouncedValue(search === chosen ? '' : search, 150)
  const found = useQuery(directoryQuery(asked, kinds))
  const options = (found.data?.items ?? [])
    .filter(({ active }) => active)
    .flatMap(({ ref, kind, name }) => {
      const plain = { kind, value: ref, label: text(name, ref) }
      if (kind !== 'role' || !wide) return [plain]
      const below = t('record:access.roleAndBelow', { role: plain.label })
      return [plain, { kind, value: ref.replace(/^role:/, 'role+:'), label: below }]
    })
  const groups = kinds.flatMap((kind) => {
    const items = options.filter((option) => option.kind === kind)
    return items.length > 0 ? [{ group: t(`record:principal.${kind}`), items }] : []
  })
  const everyone = {
    group: t('record:principal.all'),
    items: [{ value: 'everyone', label: t('record:access.everyone') }],
  }
  const data = wide && asked === '' ? [...groups, everyone] : groups
  return (
    <Select
      label={label}
      data={keepChosen(data, value, chosen)}
      value={value}
      onChange={(ref, option) => {
        setChosen(option?.label ?? '')
        onChange(ref, option?.label ?? '')
      }}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options: all }) => all}
      nothingFoundMessage={found.isFetching ? t('common:loading') : t('record:principal.none')}
      maxDropdownHeight={280}
    />
  )
}

interface Choices {
  readonly group: string
  readonly items: { value: string; label: string }[]
}

/** What was chosen stays among the choices, whatever is looked for now. */
function keepChosen(data: readonly Choices[], value: string | null, name: string): Choices[] {
  const has = value === null || data.some(({ items }) => items.some((item) => item.value === value))
  return has ? [...data] : [{ group: '', items: [{ value, label: name }] }, ...data]
}
