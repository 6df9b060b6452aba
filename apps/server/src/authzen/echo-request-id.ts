import type { App } from '../http/app.ts'

const HEADER = 'x-request-id'
/** What a header may hold on its way out; some of what comes in doesn't. */
const SENDABLE = /^[\t\x20-\x7e\x80-\xff]*$/

/** Every answer of the room carries the request's own id, refusals too (AuthZEN 1.0, "Request Identification"). */
export function echoRequestId(app: App): void {
  app.addHook('onSend', async (request, reply) => {
    const id = request.headers[HEADER]
    if (typeof id === 'string' && SENDABLE.test(id)) void reply.header(HEADER, id)
  })
}
