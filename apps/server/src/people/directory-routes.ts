import { DirectoryQuerySchema, DirectorySchema, type InputError } from '@bailiwick/contract'
import type { Static } from 'typebox'
import { requireActor } from '../http/actor.ts'
import { compareStamps, type Routes } from '../http/app.ts'
import type { LivePolicies } from '../policy/live-policy.ts'
import { invalidInput } from '../problem.ts'
import { confirmAdmitted } from './admitted-policy.ts'
import {
  DIRECTORY_KINDS,
  type DirectoryKind,
  type DirectoryQuestion,
  resolveDirectory,
  searchDirectory,
} from './directory.ts'

const USUAL_LIMIT = 20
const MOST_ITEMS = 100

/** Who there is to choose from, for everybody in the organization. */
export function directoryRoutes({ policies }: { readonly policies: LivePolicies }): Routes {
  return (app) => {
    compareStamps(app)
    const schema = {
      tags: ['people'],
      summary: 'People, teams, roles and groups of the organization, to choose from',
      querystring: DirectoryQuerySchema,
      response: { 200: DirectorySchema },
    }
    app.get('/api/v1/directory', { schema }, async (request) => {
      const { ref } = request.query
      const question = questionOf(request.query)
      const { policy } = await confirmAdmitted(policies, requireActor(request))
      if (ref !== undefined) return { items: resolveDirectory(policy, typeof ref === 'string' ? [ref] : ref) }
      return { items: searchDirectory(policy, question) }
    })
  }
}

/** @throws Problem 422 for a kind that there isn't, or a limit out of bounds. */
function questionOf({ q, kind, limit }: Static<typeof DirectoryQuerySchema>): DirectoryQuestion {
  const errors: InputError[] = []
  const most = limit === undefined ? USUAL_LIMIT : /^\d{1,3}$/.test(limit) ? Number(limit) : Number.NaN
  if (!(most >= 1 && most <= MOST_ITEMS)) {
    errors.push({ path: '/limit', message: `must be a whole number from 1 to ${MOST_ITEMS}` })
  }
  const kinds = kind?.split(',') ?? DIRECTORY_KINDS
  const unknown = kinds.filter((one) => !isKind(one))
  if (unknown.length > 0) errors.push({ path: '/kind', message: `takes ${DIRECTORY_KINDS.join(', ')}` })
  if (errors.length > 0) throw invalidInput(errors)
  return { ...(q === undefined ? {} : { q }), kinds: new Set(kinds.filter(isKind)), limit: most }
}

function isKind(text: string): text is DirectoryKind {
  return DIRECTORY_KINDS.some((kind) => kind === text)
}
