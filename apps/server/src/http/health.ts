import Type from 'typebox'
import { unavailable } from '../problem.ts'
import type { App, Routes } from './app.ts'

const TAGS = ['running']
/** A load balancer's questions are answered however busy its address is. */
const AT_ANY_RATE = { rateLimit: false } as const
const OK = Type.Object({ status: Type.Literal('ok') })

/**
 * Alive, and ready to serve.
 * @param reachDatabase throws where it can't. (Migrations are done before anything listens.)
 */
export function healthRoutes(reachDatabase: () => Promise<unknown>): Routes {
  return (app: App) => {
    const healthy = { tags: TAGS, summary: 'Alive', response: { 200: OK } }
    app.get('/healthz', { schema: healthy, config: AT_ANY_RATE }, () => ({ status: 'ok' as const }))

    const ready = { tags: TAGS, summary: 'Ready to serve', response: { 200: OK } }
    app.get('/readyz', { schema: ready, config: AT_ANY_RATE }, async (request) => {
      await reachDatabase().catch((error: unknown) => {
        request.log.warn({ err: error }, 'not ready')
        throw unavailable('The database does not answer.')
      })
      return { status: 'ok' as const }
    })
  }
}
