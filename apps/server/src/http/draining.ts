import { unavailable } from '../problem.ts'
import type { App } from './app.ts'

/**
 * From the moment of `app.close()` on, requests that still come in on open connections are told to come back, as a problem like any
 * other. Those that run are finished, and their connections end with the answer: kept alive they would keep the server up as well.
 */
export function refuseWhileClosing(app: App): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onRequest', async () => {
    if (closing) throw unavailable('The server is shutting down.')
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    if (closing) void reply.header('connection', 'close')
    return payload
  })
}
