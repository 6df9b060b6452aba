import { type QueryClient, useQueryClient } from '@tanstack/react-query'

const LOOK_EVERY_MS = 50
const LONGEST_MS = 5_000

/** Prints the record once all of its parts are there, also those that nobody has opened yet. */
export function usePrint(): () => Promise<void> {
  const queries = useQueryClient()
  return async () => {
    dispatchEvent(new Event('beforeprint'))
    await untilRead(queries)
    print()
  }
}

async function untilRead(queries: QueryClient): Promise<void> {
  const end = Date.now() + LONGEST_MS
  do {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  } while (queries.isFetching() > 0 && Date.now() < end)
}
