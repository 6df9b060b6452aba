import type { LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { wrongWithAnswer } from './answer-checks.ts'
import { databaseState, differingTables } from './database-state.ts'
import { describedRoutes } from './described-routes.ts'
import { laySiege, type Person } from './siege.ts'
import { CANARIES, IDS } from './siege-records.ts'

/** That each thing looked for in an answer would be found: one answer of the program's own, spoilt in one way after the other. */

const siege = await laySiege()
const routes = await describedRoutes(siege.network)
const read = routes.find(({ name }) => name === 'GET /api/v1/modules')
const url = '/api/v1/modules'

async function judged(
  spoil: (answer: LightMyRequestResponse) => object,
  person: Person = 'anna',
  path = url,
): Promise<readonly string[]> {
  const answer = await siege.network.inject({ url: path, headers: siege.credentials(person) })
  const { statusCode, headers, payload } = answer
  if (!read) throw new Error('The route is gone')
  const spoilt = { ...answer, statusCode, headers, payload, ...spoil(answer) }
  return wrongWithAnswer(read, { person, url: path, headers: {}, body: undefined }, spoilt)
}

const nowhere = '/api/v1/modules/nowhere'
const changed = (change: (body: Record<string, unknown>) => object) => (answer: LightMyRequestResponse) => ({
  payload: JSON.stringify(change(answer.json())),
})

test('sound answers are sound', async () => {
  expect(await judged(() => ({}))).toEqual([])
  expect(await judged(() => ({}), 'anna', nowhere)).toEqual([])
})

test.each<readonly [string, string, (answer: LightMyRequestResponse) => object, string]>([
  ['a fault', url, () => ({ statusCode: 500 }), 'answers 500'],
  ['a member that is not declared', url, changed((body) => ({ ...body, more: 1 })), '200 is not as declared'],
  ['a missing member', url, changed(() => ({})), '200 is not as declared'],
  [
    'a hidden value',
    url,
    (answer) => ({ payload: `${answer.payload} ${CANARIES.secret}` }),
    `shows ${CANARIES.secret}`,
  ],
  ['a hidden value in a header', url, () => ({ headers: { etag: CANARIES.vault } }), `shows ${CANARIES.vault}`],
  ['a status that is not declared', url, () => ({ statusCode: 206 }), '206 is not declared'],
  ['an error of another type', nowhere, () => ({ headers: { 'content-type': 'text/html' } }), '404 is text/html'],
  ['an error of no catalogue', nowhere, changed((body) => ({ ...body, type: 'x' })), '404 is not of the catalogue'],
  ['an error with more in it', nowhere, changed((body) => ({ ...body, stack: 'x' })), 'a problem has the member stack'],
  ['an error without words', nowhere, changed((body) => ({ ...body, detail: '' })), 'a problem has no detail'],
  ['a column', nowhere, changed((body) => ({ ...body, detail: 'of f_name' })), 'tells of the inside: f_name'],
  [
    'SQL',
    nowhere,
    changed((body) => ({ ...body, detail: 'syntax error at or near' })),
    'tells of the inside: syntax error at',
  ],
])('%s is found', async (_name, path, spoil, wrong) => {
  expect((await judged(spoil, 'anna', path)).join('; ')).toContain(wrong)
})

test('any change in an organization is found, and in which table', async () => {
  const state = () => databaseState(siege.parts.database, siege.north)
  const before = await state()
  expect(differingTables(before, await state())).toEqual([])
  const { schema } = siege.north
  await sql`update ${sql.table(`${schema}.r_things`)} set f_notes = 'x' where id = ${IDS.thing}::uuid`.execute(
    siege.parts.database.owner,
  )
  expect(differingTables(before, await state())).toEqual(['r_things', 'w_things'])
  await sql`update ${sql.table(`${schema}.head`)} set stamp = stamp + 1`.execute(siege.parts.database.owner)
  expect(differingTables(before, await state())).toEqual(['head', 'r_things', 'w_things'])
})
