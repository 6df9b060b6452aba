import type { QueryExecutorProvider } from 'kysely'

/** One step of a schema. Its number is its place in the list, from 1. */
export interface Migration {
  readonly name: string
  /** Runs in a transaction of the login role, whose search_path is the schema's. `role` is the one that works in the schema. */
  up(owner: QueryExecutorProvider, role: string): Promise<void>
}
