import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'

export type ModuleInfo = paths['/api/v1/modules/{module}']['get']['responses']['200']['content']['application/json']
export type FieldInfo = ModuleInfo['fields'][number]

/** All modules that the person reads, with the fields that exist for him: asked once, and used everywhere. */
export const modulesQuery = queryOptions({
  queryKey: ['modules'],
  queryFn: () => ask(api.GET('/api/v1/modules')),
  staleTime: 60_000,
})

export function useModules(): readonly ModuleInfo[] {
  return useSuspenseQuery(modulesQuery).data.items
}

/** A module, or nothing where it doesn't exist for him. */
export function useModule(module: string): ModuleInfo | undefined {
  return useModules().find((known) => known.module === module)
}

export function useModulesQuery() {
  return useQuery(modulesQuery)
}

/** The field whose value names a record. */
export function titleField(module: ModuleInfo): FieldInfo | undefined {
  return module.fields.find(({ title }) => title)
}
