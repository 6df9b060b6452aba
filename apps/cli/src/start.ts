import { serve } from '@bailiwick/server'
import type { Environment } from './connection/opened.ts'

/** Serves until a signal says otherwise. @param withDemo what counts where `BAILIWICK_DEMO` says nothing */
export async function start(environment: Environment, folder: string, withDemo: boolean): Promise<void> {
  const demo = environment.BAILIWICK_DEMO?.trim() || (withDemo ? '1' : '0')
  await serve({ ...environment, BAILIWICK_DEMO: demo }, folder)
}
