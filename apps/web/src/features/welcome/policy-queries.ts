import type { PolicyDocument } from '@bailiwick/access'
import { queryOptions } from '@tanstack/react-query'
import { api, ask, askWithVersion } from '../../lib/api/client.ts'

/** The policy in force, with its version. */
export const inForceQuery = queryOptions({
  queryKey: ['welcome', 'policy'],
  queryFn: async () => {
    const { data, version } = await askWithVersion(
      api.GET('/api/v1/policy', { headers: { accept: 'application/json' } }),
    )
    return { document: data as unknown as PolicyDocument, version }
  },
  staleTime: 0,
  refetchOnWindowFocus: false,
})

/** What the document would do, for whom. */
export async function plan(document: PolicyDocument) {
  const answer = await ask(api.POST('/api/v1/policy/plan', { body: { ...document, bailiwick: 1 } }))
  // A job is made only for who asks not to wait.
  if (!('upToDate' in answer)) throw new Error('The plan was not waited for.')
  return answer
}

/** Puts the document in force, unless another version came meanwhile. */
export async function apply(document: PolicyDocument, version: string) {
  return ask(
    api.PUT('/api/v1/policy', { params: {}, headers: { 'if-match': version }, body: { ...document, bailiwick: 1 } }),
  )
}

export async function restore(number: number) {
  return ask(api.POST('/api/v1/policy/versions/{number}/restore', { params: { path: { number: String(number) } } }))
}

/** A link for a person: mailed, or to hand over. */
export async function invite(key: string, language: string) {
  return ask(api.POST('/api/v1/people/{key}/invitation', { params: { path: { key } }, body: { language } }))
}

export type Made = Awaited<ReturnType<typeof invite>>
