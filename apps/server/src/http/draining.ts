import type { App } from './app.ts'
import { unavailable } from './problem.ts'

/**
 * From the moment of `app.close()` on, requests that still come in on open connections are told to come back, as a problem like any
 * other; those that run are finished.
 */
export function refuseWhileClosing(app: App): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onRequest', async (_request, reply) => {
    if (!closing) return
    void reply.header('connection', 'close')
    throw unavailable('The server is shutting down.')
  })
}
