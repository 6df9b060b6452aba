import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../lib/api/client.ts'
import { useModules } from '../../lib/modules.ts'
import { useLabel } from '../../lib/text.ts'
import type { EntryGroup } from './entries.ts'
import { moduleIcon } from './icons.tsx'
import { useCommands } from './use-commands.tsx'

/**
 * What fits: commands by their names, records by the server's search over what the person reads.
 * @param typed filters commands at once
 * @param asked the same, once the person has stopped typing
 */
export function useEntries(typed: string, asked: string): { groups: readonly EntryGroup[]; isSearching: boolean } {
  const commands = useCommands()
  const records = useFoundRecords(asked)
  const matching = commands.flatMap(({ title, entries }) => {
    const fitting = entries.filter(({ name }) => fits(name, typed))
    return fitting.length > 0 ? [{ title, entries: fitting }] : []
  })
  const isSearching = asked !== typed || records.isFetching
  return {
    groups: typed === '' ? matching : [...records.groups, ...matching],
    isSearching: typed !== '' && isSearching,
  }
}

function fits(name: string, typed: string): boolean {
  const words = typed.toLocaleLowerCase().split(/\s+/)
  const text = name.toLocaleLowerCase()
  return words.every((word) => text.includes(word))
}

const LEAST_LETTERS = 2

function useFoundRecords(q: string): { groups: readonly EntryGroup[]; isFetching: boolean } {
  const { t } = useTranslation()
  const label = useLabel()
  const modules = useModules()
  // One letter of Chinese is a word.
  const isEnough = q.length >= LEAST_LETTERS || /\p{Script=Han}/u.test(q)
  const { data, isFetching } = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/search', { params: { query: { q } }, signal })),
    enabled: isEnough,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  if (!isEnough || !data) return { groups: [], isFetching }
  const groups = data.groups.map(({ module, items }) => ({
    title: label(modules.find((known) => known.module === module)?.plural, module),
    entries: items.map(({ id, title, subtitle }) => ({
      key: id,
      name: title ?? t('shell:unnamed'),
      detail: subtitle,
      icon: moduleIcon(module),
      to: `/records/${module}/${id}`,
    })),
  }))
  return { groups, isFetching }
}
