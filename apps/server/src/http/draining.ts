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
  app.addHook('onRequest', (_request, _reply, done) => {
    done(closing ? unavailable('The server is shutting down.') : undefined)
  })
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) void reply.header('connection', 'close')
    done(null, payload)
  })
}
