import { type PolicyDocument, wholeDocument } from '@bailiwick/access'
import { queryOptions } from '@tanstack/react-query'
import { api, ask, askWithVersion } from '../../lib/api/client.ts'
import type { paths } from '../../lib/api/schema.d.ts'

export type Plan = paths['/api/v1/policy/plan']['post']['responses']['200']['content']['application/json']

/** The policy in force, with its version. Draft and plan rest on it, so it isn't read anew behind the person's back. */
export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: async () => {
    const { data, version } = await askWithVersion(
      api.GET('/api/v1/policy', { headers: { accept: 'application/json' } }),
    )
    return { document: documentOf(data), version }
  },
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
})

export const versionsQuery = queryOptions({
  queryKey: ['policy', 'versions'],
  queryFn: () => ask(api.GET('/api/v1/policy/versions')),
})

/** The interface describes a document's sections loosely; what it answers is one that was examined. */
function documentOf(answer: unknown): PolicyDocument {
  return answer as PolicyDocument
}

/** What applying the document would do, for whom. */
export async function planPolicy(document: PolicyDocument): Promise<Plan> {
  const answer = await ask(api.POST('/api/v1/policy/plan', { body: { ...document, bailiwick: 1 } }))
  // A job is made only for who asks not to wait.
  if (!('upToDate' in answer)) throw new Error('The plan was not waited for.')
  return answer
}

/** Puts the document in force, unless another version came meanwhile. */
export async function applyPolicy(document: PolicyDocument, version: string, reason: string) {
  return ask(
    api.PUT('/api/v1/policy', {
      params: { query: reason ? { reason } : {} },
      headers: { 'if-match': version },
      body: { ...document, bailiwick: 1 },
    }),
  )
}

/** What bringing a version back would do. */
export async function planVersion(number: number): Promise<Plan> {
  const path = { number: String(number) }
  const { document } = await ask(api.GET('/api/v1/policy/versions/{number}', { params: { path } }))
  return planPolicy(wholeDocument(documentOf(document)))
}

/** Puts a version's document in force again, unless another version than `inForce` came meanwhile. */
export async function restoreVersion(number: number, inForce: string, reason: string) {
  return ask(
    api.POST('/api/v1/policy/versions/{number}/restore', {
      params: { path: { number: String(number) }, query: reason ? { reason } : {} },
      headers: { 'if-match': inForce },
    }),
  )
}
