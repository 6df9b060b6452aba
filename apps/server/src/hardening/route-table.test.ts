import { IsSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { expect, test } from 'vitest'
import type { App } from '../http/app.ts'
import { serializerOf } from '../http/serializers.ts'
import { describedRoutes } from './described-routes.ts'
import { SOUND_REQUESTS } from './interfaces.ts'
import { laySiege } from './siege.ts'

/** What the servers really answer, by their own routers: nothing may be served that stands in no table. */

const siege = await laySiege()

/** Served to everyone, and holding nothing of an organization: the description of the interface, and the page that shows it. */
const ABOUT_ITSELF = /^GET \/api\/(?:docs|openapi\.json)(?:\/|\*$|$)/

/** The web application's page and files: the same for everyone, and tested beside them (web/pages.test.ts). */
const PAGES = [
  'GET /',
  'GET /*',
  'GET /assets/{file}',
  'GET /icon.svg',
  'GET /manifest.webmanifest',
  'GET /service-worker.js',
]

/** On the socket in the data folder alone, for whoever runs the server. */
const OPERATORS = [
  'GET /operator/v1/organizations',
  'POST /operator/v1/organizations',
  'POST /operator/v1/keys',
  'DELETE /operator/v1/organizations/{organization}/keys/{id}',
  'POST /operator/v1/sign-ins',
  'POST /operator/v1/organizations/{organization}/benchmark',
]

/** `GET /api/v1/records/{module}` and the like, read from the router's tree. */
function servedBy(app: App): readonly string[] {
  const above: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const match = /^([│├└─\s]*?)([^\s│├└─]\S*)(?: \(([A-Z, ]+)\))?$/u.exec(line)
      if (!match?.[2]) return []
      const depth = (match[1] ?? '').length / 4 - 1
      above.splice(depth, above.length, match[2])
      const path = above.join('').replace(/:(\w+)/g, '{$1}')
      const methods = (match[3] ?? '').split(', ').filter((method) => method !== '' && !isImplied(method))
      return methods.map((method) => `${method} ${path}`)
    })
}

/** Answered by every route that has a GET. */
function isImplied(method: string): boolean {
  return method === 'HEAD' || method === 'OPTIONS'
}

test('the network serves what it describes, and the table has what is described', async () => {
  const served = servedBy(siege.network).filter((name) => !ABOUT_ITSELF.test(name) && !PAGES.includes(name))
  expect(served.length).toBeGreaterThan(30)
  const described = (await describedRoutes(siege.network)).map(({ name }) => name)
  expect([...served].sort()).toEqual([...described].sort())
  expect([...served].sort()).toEqual([...SOUND_REQUESTS.keys()].sort())
})

/** Made by need, they would fail whoever asks first, and not the start. */
test('what every route takes can be checked, and what it answers be written', () => {
  const answers = siege.schemas.flatMap(({ response }) => Object.values(response ?? {})).flatMap(schemasOf)
  expect(answers.length).toBeGreaterThan(300)
  for (const schema of answers) expect(serializerOf(schema)).toBeTypeOf('function')
  const inputs = siege.schemas.flatMap(({ body, querystring, params, headers }) => [body, querystring, params, headers])
  expect(inputs.filter(IsSchema).length).toBeGreaterThan(100)
  for (const schema of inputs.filter(IsSchema)) expect(Compile(schema)).toHaveProperty('Check')
})

/** Of an answer: its schema, or one for each media type. */
function schemasOf(answer: { readonly content?: Readonly<Record<string, { readonly schema: object }>> }): object[] {
  return answer.content ? Object.values(answer.content).map(({ schema }) => schema) : [answer]
}

test('the operator’s socket serves the same, and what is the operator’s', () => {
  const network = new Set(servedBy(siege.network))
  const own = servedBy(siege.operator).filter((name) => !network.has(name) && !ABOUT_ITSELF.test(name))
  expect([...own].sort()).toEqual([...OPERATORS].sort())
})
