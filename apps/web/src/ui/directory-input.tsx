import { Group, Select, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DirectoryEntry, type DirectoryKind, directoryQuery, useNames } from '../lib/directory.ts'
import { useLabel } from '../lib/text.ts'
import type { CommonProps } from './common-props.ts'
import { PersonAvatar } from './person-avatar.tsx'

interface Props extends Partial<CommonProps> {
  readonly kinds: readonly DirectoryKind[]
  /** `user:anna` */
  readonly value: string | null
  readonly onChange: (ref: string | null) => void
  readonly placeholder?: string
  readonly description?: string
}

/** Chooses a person, a team, a role or a group, searching as one types. */
export function DirectoryInput({ kinds, value, onChange, placeholder, ...common }: Props) {
  const { t } = useTranslation()
  const label = useLabel()
  const [search, setSearch] = useState('')
  const [sought] = useDebouncedValue(search, 150)
  const chosen = useNames(value ? [value] : [])
  const name = (entry: DirectoryEntry) => label(entry.name, entry.ref)
  const current = value ? chosen.get(value) : undefined
  const isOpenChoice = current !== undefined && search === name(current)
  const { data } = useQuery({
    ...directoryQuery(isOpenChoice ? '' : sought, kinds),
    placeholderData: keepPreviousData,
  })
  const found = (data?.items ?? []).filter(({ active, ref }) => active || ref === value)
  const entries = current && !found.some(({ ref }) => ref === current.ref) ? [current, ...found] : found
  const byRef = new Map(entries.map((entry) => [entry.ref, entry]))
  return (
    <Select
      {...common}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      data={entries.map((entry) => ({ value: entry.ref, label: name(entry) }))}
      filter={({ options }) => options}
      value={value}
      onChange={onChange}
      allowDeselect={false}
      clearable={!common.required}
      clearButtonProps={{ 'aria-label': t('fields:clear', { field: common.label ?? common['aria-label'] ?? '' }) }}
      placeholder={placeholder ?? t('fields:pick')}
      nothingFoundMessage={data && t('fields:nothingFound')}
      renderOption={({ option }) => <Entry name={option.label} detail={label(byRef.get(option.value)?.detail)} />}
    />
  )
}

function Entry({ name, detail }: { readonly name: string; readonly detail: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <PersonAvatar name={name} size={24} />
      <span>
        <bdi>{name}</bdi>
        {detail && (
          <Text size="xs" c="dimmed" lh={1.3}>
            <bdi>{detail}</bdi>
          </Text>
        )}
      </span>
    </Group>
  )
}
