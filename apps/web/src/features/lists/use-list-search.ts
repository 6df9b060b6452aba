import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ListSearch } from '../../lib/list-search.ts'

/** Changes of the address; what becomes `undefined` leaves it. */
export type ListChange = { readonly [Key in keyof ListSearch]?: ListSearch[Key] | undefined }
export type ChangeList = (change: ListChange) => void

/** The list that the address describes, and how to describe another. */
export function useListSearch(): { module: string; search: ListSearch; change: ChangeList } {
  const { module } = useParams({ from: '/inside/records/$module' })
  const search = useSearch({ from: '/inside/records/$module' })
  const navigate = useNavigate()
  const change = useCallback(
    (made: ListChange) => {
      const next = (before: ListSearch): ListSearch => withoutGaps({ ...before, ...made })
      // Typing in the search box leaves no trail of steps back.
      const replace = Object.keys(made).every((key) => key === 'q')
      void navigate({ to: '/records/$module', params: { module }, search: next, replace, resetScroll: false })
    },
    [navigate, module],
  )
  return { module, search, change }
}

function withoutGaps(search: ListChange): ListSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''))
}
