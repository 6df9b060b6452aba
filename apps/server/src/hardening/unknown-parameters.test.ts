import { expect, test } from 'vitest'
import { SOUND_REQUESTS } from './interfaces.ts'
import { laySiege } from './siege.ts'

/** A parameter that nobody reads is a wish that nobody hears: every route of the interface refuses it, in the same words. */

const siege = await laySiege()
const interfaces = [...SOUND_REQUESTS].filter(([name]) => name.includes(' /api/v1/'))

test.each(interfaces)('%s refuses a parameter that it does not know', async (_name, sound) => {
  const { url, headers, body, ...request } = sound()
  const asked = `${String(url)}${String(url).includes('?') ? '&' : '?'}misspelt=1`
  const answer = await siege.network.inject({
    ...request,
    url: asked,
    headers: { ...siege.credentials('admin'), ...headers },
    ...(body !== undefined && { body }),
  })
  expect(answer.json()).toMatchObject({
    status: 422,
    type: 'urn:bailiwick:problem:invalid-input',
    errors: [{ path: '/misspelt', message: 'is not known here' }],
  })
})
