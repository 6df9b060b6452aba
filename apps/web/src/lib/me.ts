import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import type { paths } from './api/schema.d.ts'

export type Me = paths['/api/v1/me']['get']['responses']['200']['content']['application/json']
export type MyModule = Me['modules'][number]

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => ask(api.GET('/api/v1/me')), staleTime: 60_000 })

/** Who is signed in, and what he may do. Only below the signed-in part of the page. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}

/** What he may do on a module, or nothing where it doesn't exist for him. */
export function useMyModule(module: string): MyModule | undefined {
  return useMe().modules.find((mine) => mine.module === module)
}

/** Whether a permission of the organization's own is his. */
export function useSystemPermission(permission: string): boolean {
  return useMe().system.includes(permission)
}

/** Whether his profiles let him do something on a module, whatever the record. */
export function useMay(module: string, action: string): boolean {
  return useMyModule(module)?.actions.includes(action) ?? false
}
