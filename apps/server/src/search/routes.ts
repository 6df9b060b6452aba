import { SearchQuerySchema, SearchSchema } from '@bailiwick/contract'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import { invalidInput } from '../problem.ts'
import type { RecordsParts } from '../records/parts.ts'
import { search } from './search.ts'

const USUAL_LIMIT = 5
const MOST_ITEMS = 20

/** Search through everything that one reads. */
export function searchRoutes(parts: RecordsParts): Routes {
  return (app) => {
    compareStamps(app)
    const schema = {
      tags: ['records'],
      summary: 'Search in all modules at once',
      querystring: SearchQuerySchema,
      response: { 200: SearchSchema },
    }
    app.get('/api/v1/search', { schema }, async (request) => {
      const { q, modules, limit } = request.query
      const question = { text: q, limit: limitOf(limit), ...(modules && { modules: new Set(modules.split(',')) }) }
      return { groups: await search(parts, requireActor(request), question) }
    })
  }
}

/** @throws Problem 422 */
function limitOf(text: string | undefined): number {
  const limit = text === undefined ? USUAL_LIMIT : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
  if (limit >= 1 && limit <= MOST_ITEMS) return limit
  throw invalidInput([{ path: '/limit', message: `must be a whole number from 1 to ${MOST_ITEMS}` }])
}
