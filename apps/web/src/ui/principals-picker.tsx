import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { directoryQuery, useNames } from '../lib/directory.ts'
import { useLabel } from '../lib/text.ts'

interface Props {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (refs: string[]) => void
  readonly max: number
}

const KINDS = ['user', 'team', 'role', 'group'] as const
const EVERYONE = 'everyone'

/** Chooses some people, teams, roles (with all below them, too), groups or everyone, searching as one types. */
export function PrincipalsPicker({ label, value, onChange, max }: Props) {
  const { t } = useTranslation()
  const text = useLabel()
  const [search, setSearch] = useState('')
  const [sought] = useDebouncedValue(search, 150)
  const chosen = useNames(value.filter((ref) => ref !== EVERYONE))
  const { data } = useQuery({ ...directoryQuery(sought, KINDS), placeholderData: keepPreviousData })
  const found = (data?.items ?? [])
    .filter(({ active }) => active)
    .flatMap(({ ref, kind }) => (kind === 'role' ? [ref, ref.replace('role:', 'role+:')] : [ref]))
  const refs = [...new Set([...value, ...found, ...(sought === '' ? [EVERYONE] : [])])]
  const named = new Map([...(data?.items ?? []), ...chosen.values()].map((entry) => [entry.ref, entry.name]))
  const nameOf = (ref: string) => {
    if (ref === EVERYONE) return t('fields:everyone')
    const name = text(named.get(ref) ?? named.get(ref.replace('role+:', 'role:')), ref)
    return ref.startsWith('role+:') ? t('fields:roleAndBelow', { name }) : name
  }
  return (
    <MultiSelect
      label={label}
      required
      searchable
      maxValues={max}
      searchValue={search}
      onSearchChange={setSearch}
      data={refs.map((ref) => ({ value: ref, label: nameOf(ref) }))}
      filter={({ options }) => options}
      value={[...value]}
      onChange={(next) => {
        onChange(next)
        setSearch('')
      }}
      hidePickedOptions
      placeholder={value.length === 0 ? t('fields:pick') : undefined}
      nothingFoundMessage={data && t('fields:nothingFound')}
    />
  )
}
