import type { IncomingMessage } from 'node:http'
import type { App } from './app.ts'

/**
 * Who asks first whether he may send a body (RFC 9110, 10.1.1) is told to once he is let in. Whoever is refused is told that instead, and the
 * connection ends: sent anyway, his body would stand unread on it, the connection would be broken off, and the answer might be lost with it.
 */
export function continueOnceLetIn(app: App): void {
  const waiting = new WeakSet<IncomingMessage>()
  app.server.on('checkContinue', (request, response) => {
    waiting.add(request)
    app.routing(request, response)
  })
  app.addHook('preParsing', ({ raw }, reply, _payload, done) => {
    if (waiting.delete(raw)) reply.raw.writeContinue()
    done()
  })
  app.addHook('onSend', ({ raw }, reply, payload, done) => {
    if (waiting.has(raw)) void reply.header('connection', 'close')
    done(null, payload)
  })
}
