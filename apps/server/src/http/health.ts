import Type from 'typebox'
import { unavailable } from '../problem.ts'
import type { App, Routes } from './app.ts'

const TAGS = ['running']
const OK = Type.Object({ status: Type.Literal('ok') })

/**
 * Alive, and ready to serve.
 * @param reachDatabase throws where it can't. (Migrations are done before anything listens.)
 */
export function healthRoutes(reachDatabase: () => Promise<unknown>): Routes {
  return (app: App) => {
    const healthy = { tags: TAGS, summary: 'Alive', response: { 200: OK } }
    app.get('/healthz', { schema: healthy }, () => ({ status: 'ok' as const }))

    const ready = { tags: TAGS, summary: 'Ready to serve', response: { 200: OK } }
    app.get('/readyz', { schema: ready }, async (request) => {
      await reachDatabase().catch((error: unknown) => {
        request.log.warn({ err: error }, 'not ready')
        throw unavailable('The database does not answer.')
      })
      return { status: 'ok' as const }
    })
  }
}
