import { inject } from 'vitest'

export interface Found {
  readonly id: string
  readonly name: string
  readonly version: number
  readonly [field: string]: unknown
}

/** The interface as a person uses it beside the page: what somebody else does meanwhile. */
export async function asPerson(
  person: string,
): Promise<(method: string, path: string, body?: unknown) => Promise<unknown>> {
  const { address, password } = inject('journeys')
  const headers = { 'content-type': 'application/json', 'x-bailiwick-request': '1' }
  const email = `${person}@maventech.example`
  const entry = await fetch(new URL('/api/auth/sign-in/email', address), {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  })
  const cookie = entry.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  return async (method, path, body) => {
    const answer = await fetch(new URL(path, address), {
      method,
      headers: { ...headers, cookie },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
}

/** A record of its own for a journey, so that none stands on another's. */
export async function makeRecord(person: string, module: string, values: object): Promise<Found> {
  const ask = await asPerson(person)
  return (await ask('POST', `/api/v1/records/${module}`, values)) as Found
}
