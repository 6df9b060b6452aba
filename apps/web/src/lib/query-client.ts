import { QueryClient } from '@tanstack/react-query'
import { isProblem } from './api/problem.ts'

/** What the server refuses stays refused; what didn't reach it is tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && !isProblem(error, 400, 401, 403, 404, 409, 412, 422),
        refetchOnWindowFocus: true,
      },
      mutations: { retry: false },
    },
  })
}
