import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ModuleInfo, titleField, useModule } from '../lib/modules.ts'
import { fewQuery } from '../lib/records.ts'
import { nameOf, useTitles } from '../lib/titles.ts'
import type { CommonProps } from './common-props.ts'

interface Props extends Partial<CommonProps> {
  /** The module that is looked into; nothing to choose where the person doesn't read it. */
  readonly module: string | undefined
  /** The record's id. */
  readonly value: string | null
  readonly onChange: (id: string | null) => void
}

/** Chooses a record of a module by its name, among those that the person reads. */
export function LookupInput({ module, ...rest }: Props) {
  const info = useModule(module ?? '')
  return info ? <RecordSelect {...rest} module={info} /> : null
}

const AT_ONCE = 20

function RecordSelect({ module, value, onChange, ...common }: Omit<Props, 'module'> & { readonly module: ModuleInfo }) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const [sought] = useDebouncedValue(search, 200)
  const titles = useTitles(new Map([[module.module, new Set(value ? [value] : [])]]))
  const current = value ? titles.get(value) : undefined
  // What was chosen stands in the input, and isn't what is searched for.
  const q = sought === current ? '' : sought.trim()
  const { data } = useQuery({ ...foundQuery(module, q), placeholderData: keepPreviousData })
  const title = titleField(module)?.field ?? 'id'
  const found = (data?.items ?? []).map((item) => ({ value: item.id, label: nameOf(item[title]) || item.id }))
  const missing = value !== null && !found.some((option) => option.value === value)
  const options = missing ? [{ value, label: current ?? t('fields:unreadable') }, ...found] : found
  return (
    <Select
      {...common}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      data={options}
      filter={({ options: all }) => all}
      value={value}
      onChange={onChange}
      allowDeselect={false}
      clearable={!common.required}
      clearButtonProps={{ 'aria-label': t('fields:clear', { field: common.label ?? common['aria-label'] ?? '' }) }}
      placeholder={t('fields:pick')}
      nothingFoundMessage={data && t('fields:nothingFound')}
    />
  )
}

function foundQuery({ module, fields }: ModuleInfo, q: string) {
  const title = fields.find((field) => field.title)?.field
  return fewQuery({ module, ...(q && { q }), ...(title && { fields: [title] }), limit: AT_ONCE })
}
