import type { PolicyDocument } from '@bailiwick/access'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/index.ts'
import { findLevels } from './find-levels.ts'
import { createRecordsFixture } from './records-fixture.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const SELLERS = 16

/** Four branches with a head each, everybody with an owner's number, a branch and shares of his own: many people, few kinds. */
function office(): PolicyDocument {
  const sellers = Array.from({ length: SELLERS }, (_none, at) => at)
  const modules = {
    accounts: { actions: ['create', 'read', 'update'] },
    deals: { actions: ['create', 'read', 'update'] },
  } as const
  const branches = [0, 1, 2, 3].flatMap((at) => [
    [`head${at}`, { parent: 'top' }],
    [`branch${at}`, { parent: `head${at}` }],
  ])
  return {
    bailiwick: 1,
    roles: { top: {}, ...Object.fromEntries(branches) },
    profiles: { sales: { modules } },
    users: {
      ada: { profiles: ['administrator'] },
      ...Object.fromEntries([0, 1, 2, 3].map((at) => [`h${at}`, { role: `head${at}`, profiles: ['sales'] }])),
      ...Object.fromEntries(sellers.map((at) => [`s${at}`, { role: `branch${at % 4}`, profiles: ['sales'] }])),
    },
  }
}

const { database, createOrganization } = await testDatabase({ connections: 1 })
const organization = await createOrganization()
const { gateway, parts, actor } = await createRecordsFixture(database, organization, office(), NOW)
const people = ['ada', 'h0', 'h1', 'h2', 'h3', ...Array.from({ length: SELLERS }, (_none, at) => `s${at}`)]
const { id } = await gateway.create(actor('ada'), 'accounts', { name: 'Acme', owner: 'user:s0' })

/** Everybody reads, lists, filters, searches, is decided about and writes, each with words of his own. */
async function workADay(): Promise<void> {
  for (const [at, person] of people.entries()) {
    const asking = actor(person)
    for (const module of ['accounts', 'deals']) {
      await gateway.read(asking, module, id).catch(() => {})
      const filter = { field: 'name', op: 'eq', value: `${person} ${at}` }
      for (const query of [{}, { sort: 'name' }, { limit: 7 }, { filter }, { q: `${person} seeks` }]) {
        await gateway.list(asking, module, query)
      }
      const question = { user: person, module, id, byExternalId: false, needs: 'read', now: NOW } as const
      await findLevels(parts, actor('ada'), () => Array.from({ length: at + 1 }, () => question))
    }
    await gateway.create(asking, 'deals', { name: `${person}’s` })
  }
}

/** What the one connection holds prepared. */
async function prepared(): Promise<string[]> {
  const rows = await database.run<{ name: string }>(organization, { text: 'select name from pg_prepared_statements' })
  return rows.map(({ name }) => name).sort()
}

test('people of one kind share their prepared statements, and further days add none', {
  timeout: 120_000,
}, async () => {
  for (let days = 0; days < 3; days++) await workADay() // what comes three times is kept
  const known = await prepared()
  expect(known.length).toBeGreaterThan(5)
  expect(known.length).toBeLessThanOrEqual(60)
  await workADay()
  expect(await prepared()).toEqual(known)
})

test('whoever makes up ever new questions takes no room from the others', { timeout: 120_000 }, async () => {
  const known = await prepared()
  const fields = ['name', 'industry', 'country', 'accountNumber', 'phone', 'email', 'website']
  const asking = actor('h0')
  for (let shape = 1; shape < 2 ** fields.length; shape++) {
    const chosen = fields.filter((_field, at) => shape & (2 ** at))
    const filter = { all: chosen.map((field) => ({ field, op: 'eq', value: 'x' })) }
    for (let times = 0; times < 3; times++) await gateway.list(asking, 'accounts', { filter, limit: (shape % 100) + 1 })
  }
  const made = await prepared()
  expect(made.length).toBeGreaterThan(known.length + 20)
  expect(made.length).toBeLessThanOrEqual(known.length + 60)
  expect(made).toEqual(expect.arrayContaining(known))
})
