import { AuditPageSchema, AuditQuerySchema } from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import { limitOf } from '../records/limit-text.ts'
import type { RecordsParts } from '../records/parts.ts'
import { readAudit } from '../records/read-audit.ts'

/** What happened, for who may look through it. */
export function auditRoutes(parts: RecordsParts): Routes {
  return (app) => {
    compareStamps(app)
    const schema = {
      tags: ['audit'],
      summary: 'Who did what to which object when, newest first',
      querystring: AuditQuerySchema,
      response: { 200: AuditPageSchema },
    }
    app.get('/api/v1/audit', { schema }, async (request) => {
      const { limit, ...query } = request.query
      return readAudit(parts, requireActor(request), { ...query, ...limitOf(limit) })
    })
  }
}
