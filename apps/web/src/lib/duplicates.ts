import { queryOptions } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'

/** What two records of one customer have alike. */
const TELLING = ['name', 'email', 'phone', 'mobile', 'website', 'taxNumber', 'accountNumber', 'company']
const MODULES: ReadonlySet<string> = new Set(['accounts', 'contacts', 'leads'])
const FEWEST_LETTERS = 3

/** Of the values, those by which a customer is recognized. */
export function tellingValues(values: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    TELLING.flatMap((field) => {
      const value = values[field]
      return typeof value === 'string' && value.trim().length >= FEWEST_LETTERS ? [[field, value]] : []
    }),
  )
}

/** The records that the person sees and that are likely the same as one of these values. */
export function duplicatesQuery(module: string, values: Readonly<Record<string, string>>, exceptId?: string) {
  return queryOptions({
    queryKey: ['records', module, 'duplicates', values, exceptId],
    queryFn: ({ signal }) =>
      ask(
        api.POST('/api/v1/records/{module}/duplicates', {
          params: { path: { module } },
          body: { values, ...(exceptId !== undefined && { exceptId }) },
          signal,
        }),
      ),
    enabled: MODULES.has(module) && Object.keys(values).length > 0,
    staleTime: 60_000,
  })
}
