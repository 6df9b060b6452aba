import { queryOptions } from '@tanstack/react-query'
import { api, ask } from './api/client.ts'
import { sendWhatWaits } from './leaving.ts'

/** Who is signed in; `null` where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await ask(api.GET('/api/auth/session'))) ?? null,
  staleTime: Number.POSITIVE_INFINITY,
})

export async function signIn(email: string, password: string) {
  return ask(api.POST('/api/auth/sign-in/email', { body: { email, password } }))
}

/** Ends the session and leaves nothing of it on the page: everything that was read goes with it. */
export async function signOut(): Promise<void> {
  await sendWhatWaits()
  await ask(api.POST('/api/auth/sign-out'))
  location.assign('/sign-in')
}

export async function switchOrganization(organization: string): Promise<void> {
  await sendWhatWaits()
  await ask(api.POST('/api/v1/me/organization', { body: { organization } }))
  location.assign('/')
}
