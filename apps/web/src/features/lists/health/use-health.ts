import { queryOptions, useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, ask } from '../../../lib/api/client.ts'
import { dataOf } from '../../../lib/data-of.ts'
import type { ListSearch } from '../../../lib/list-search.ts'
import { type FieldInfo, type ModuleInfo, useModules } from '../../../lib/modules.ts'
import type { RecordItem } from '../../../lib/records.ts'
import { type Counted, canTellHealth, HEALTH, healthColumn, healthOf, pressingTickets } from './health.ts'

/** Whether the list has the column: there where it can be told, unless it was switched off. */
export function useShowsHealth(module: ModuleInfo, search: ListSearch): boolean {
  const modules = useModules()
  return search.health !== false && !search.deleted && canTellHealth(module, modules)
}

/** The columns with the one of health behind the name. */
export function useWithHealth(columns: readonly FieldInfo[], isShown: boolean): readonly FieldInfo[] {
  const { t } = useTranslation()
  const name = t('lists:health.title')
  return useMemo(() => {
    const [title, ...others] = columns
    return isShown && title ? [title, healthColumn(name), ...others] : columns
  }, [columns, isShown, name])
}

/** The rows with their health: one question for each page of the list. */
export function useHealthyRows(
  pages: readonly (readonly RecordItem[])[],
  rows: readonly RecordItem[],
  isShown: boolean,
): readonly RecordItem[] {
  const tickets = useModules().find(({ module }) => module === 'tickets')
  const isCounted = tickets?.aggregate === 'visible'
  const found = useQueries({
    queries: isShown
      ? pages.map((page) =>
          healthQuery(
            page.map(({ id }) => id),
            isCounted,
          ),
        )
      : [],
    combine: dataOf,
  })
  return useMemo(() => {
    if (!isShown) return rows
    const health = new Map(found.flatMap((page) => [...(page ?? [])]))
    return rows.map((row) => ({ ...row, [HEALTH]: health.get(row.id) }))
  }, [rows, found, isShown])
}

function healthQuery(accounts: readonly string[], isCounted: boolean) {
  return queryOptions({
    queryKey: ['figures', 'tickets', 'health', accounts, isCounted],
    queryFn: async ({ signal }) => {
      const { tickets, isAll } = await (isCounted ? countTickets(accounts, signal) : listTickets(accounts, signal))
      return healthOf(accounts, tickets, isAll)
    },
    enabled: accounts.length > 0,
    staleTime: 60_000,
  })
}

interface Found {
  readonly tickets: readonly Counted[]
  readonly isAll: boolean
}

async function countTickets(accounts: readonly string[], signal: AbortSignal): Promise<Found> {
  const { groups, more } = await ask(
    api.POST('/api/v1/records/{module}/aggregate', {
      params: { path: { module: 'tickets' } },
      body: { groupBy: ['account', 'priority'], filter: pressingTickets(accounts) },
      signal,
    }),
  )
  return {
    tickets: groups.map(({ by = [], count }) => ({ account: by[0], priority: by[1], count })),
    isAll: !more,
  }
}

const MOST = '200'

/** Whose figures are over all records, whether or not he sees them, is told of those that he sees: they are read. */
async function listTickets(accounts: readonly string[], signal: AbortSignal): Promise<Found> {
  const query = { filter: JSON.stringify(pressingTickets(accounts)), fields: 'account,priority', limit: MOST }
  const { items, next } = await ask(
    api.GET('/api/v1/records/{module}', { params: { path: { module: 'tickets' }, query }, signal }),
  )
  return {
    tickets: items.map(({ account, priority }) => ({ account, priority, count: 1 })),
    isAll: next === null,
  }
}
