import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Names, useNames } from '../../../lib/directory.ts'
import { lookedUpIn, refsIn } from '../../../lib/fields.ts'
import { selectionOf } from '../../../lib/list-question.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import type { FieldInfo, ModuleInfo } from '../../../lib/modules.ts'
import { fewQuery, type ListQuestion, listQuery, type RecordItem } from '../../../lib/records.ts'
import { type Titles, useTitles } from '../../../lib/titles.ts'

/** Page after page is kept while one scrolls; fetching many of them anew because a window came to the front would help nobody. */
const FETCHED_ANEW = 3

/** The rows of a list as far as they have come, and what is named in them. */
export function useRows(question: ListQuestion, columns: readonly FieldInfo[]) {
  const list = useInfiniteQuery({
    ...listQuery(question),
    placeholderData: (previous, query) => (query?.queryKey[1] === question.module ? previous : undefined),
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= FETCHED_ANEW,
  })
  const pages = useMemo(() => list.data?.pages.map(({ items }) => items as readonly RecordItem[]) ?? [], [list.data])
  const rows = useMemo(() => pages.flat(), [pages])
  return { list, pages, rows, ...useNamesIn(pages, columns) }
}

/** What is named in records, page by page. */
export function useNamesIn(
  pages: readonly (readonly RecordItem[])[],
  fields: readonly FieldInfo[],
): { readonly names: Names; readonly titles: Titles } {
  const names = useNames(...pages.map((records) => refsIn(fields, records)))
  const titles = useTitles(...pages.map((records) => lookedUpIn(fields, records)))
  return { names, titles }
}

/** How many records the list finds: counted to 10,000, beside the rows and not before them. */
export function useCount(module: ModuleInfo, search: ListSearch) {
  const { data } = useQuery({
    ...fewQuery({ ...selectionOf(module, search), fields: ['id'], limit: 1, count: 'capped' }),
    placeholderData: keepPreviousData,
  })
  return data?.count
}
